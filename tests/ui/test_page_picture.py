"""A page that is opened from a passage shows the passage: marked, and first."""

import io

from PIL import Image

from assistant.ui.page_picture import MARK, marked

WIDTH, HEIGHT, SCALE = 200, 300, 2


def test_the_sentence_is_marked_and_what_stands_around_it_comes_first() -> None:
    blank = io.BytesIO()
    Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "white").save(blank, "PNG")
    part, whole = (Image.open(io.BytesIO(one)) for one in marked(blank.getvalue(), [(20, 250, 180, 262)], WIDTH))
    inside, outside = whole.getpixel((200, 510)), whole.getpixel((200, 20))
    assert outside == (255, 255, 255) != inside
    assert inside[2] < 255 - MARK[3] // 2  # type: ignore[index]
    assert whole.size == (WIDTH * SCALE, HEIGHT * SCALE)
    assert part.height < whole.height
    assert part.getpixel((200, part.height - (HEIGHT * SCALE - 510))) == inside
