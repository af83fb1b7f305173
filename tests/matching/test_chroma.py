import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import numpy as np
import pytest

from assistant.errors import IndexFailure
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import LexicalEmbedder, Vectors
from assistant.matching.own_folder import own_folder

TEXTS = ["relancer les devis", "commander du bois", "former l'équipe"]
IDS = ["a", "b", "c"]


@pytest.fixture
def store(tmp_path: Path) -> VectorStore:
    return VectorStore(tmp_path / "chroma")


def test_search_gives_the_cosine_of_every_entry(store: VectorStore) -> None:
    vectors = LexicalEmbedder().embed(TEXTS)
    name = store.fill("test", IDS, TEXTS, vectors, "lexical-1")
    queries = LexicalEmbedder().embed(["rappeler un devis", "une formation"])
    found = store.search(name, IDS, queries, len(IDS))
    assert np.allclose(found.scores, queries @ vectors.T, atol=1e-5)


def test_another_embedding_or_content_is_another_collection(store: VectorStore) -> None:
    vectors = LexicalEmbedder().embed(TEXTS)
    first = store.fill("test", IDS, TEXTS, vectors, "lexical-1")
    assert "lexical-1" in first
    assert store.fill("test", IDS, TEXTS, vectors, "mistral-embed") != first
    assert store.fill("test", IDS, [*TEXTS[:2], "autre"], vectors, "lexical-1") != first


def test_chroma_never_embeds_by_itself(store: VectorStore) -> None:
    name = store.fill("test", IDS, TEXTS, LexicalEmbedder().embed(TEXTS), "lexical-1")
    collection = store._collection(name)
    with pytest.raises(IndexFailure):
        collection.query(query_texts=["devis"], n_results=1)
    with pytest.raises(IndexFailure):
        collection.add(ids=["d"], documents=["un texte sans vecteur"])


def test_the_index_is_disposable(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    vectors = LexicalEmbedder().embed(TEXTS)
    name = VectorStore(folder).fill("test", IDS, TEXTS, vectors, "lexical-1")
    shutil.rmtree(folder)
    again = VectorStore(tmp_path / "elsewhere")
    assert again.fill("test", IDS, TEXTS, vectors, "lexical-1") == name
    assert again.search(name, IDS, vectors, 3).scores[0, 0] == pytest.approx(1.0, abs=1e-5)


CHILD = """
import sys
from pathlib import Path
from assistant.matching.chroma import VectorStore
from assistant.matching.embedding import LexicalEmbedder
from assistant.matching.own_folder import own_folder
texts, ids = ["relancer les devis", "commander du bois", "former l'équipe"], ["a", "b", "c"]
vectors = LexicalEmbedder().embed(texts)
store = VectorStore(Path(sys.argv[1]))
name = store.fill("test", ids, texts, vectors, "lexical-1")
print([round(float(store.search(name, ids, vectors, 3).scores[place, place]), 3) for place in range(3)])
"""


FOUND = "[1.0, 1.0, 1.0]"


def in_a_process_of_its_own(folder: Path) -> str:
    """Fills and searches the index; Chroma keeps what it opened for the life of a process."""
    done = subprocess.run([sys.executable, "-c", CHILD, str(folder)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index that another process filled, to be copied."""
    folder = tmp_path_factory.mktemp("whole") / "chroma"
    assert in_a_process_of_its_own(folder) == FOUND
    return folder


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("chroma.sqlite3", b"not a database" * 100),
        ("chroma.sqlite3", b""),
        ("data_level0.bin", None),
        ("data_level0.bin", b"\xff" * 423_600),
        ("header.bin", b""),
    ],
)
def test_a_damaged_index_is_treated_as_absent_and_made_anew(
    whole: Path, tmp_path: Path, file: str, content: bytes | None
) -> None:
    folder = shutil.copytree(whole, tmp_path / "chroma")
    (damaged,) = folder.rglob(file)
    if content is None:
        damaged.unlink()
    else:
        damaged.write_bytes(content)
    assert in_a_process_of_its_own(folder) == FOUND


def test_a_folder_that_is_damaged_while_it_is_open_is_made_anew_in_the_same_process(
    whole: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(whole, tmp_path / "chroma")
    (folder / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    vectors = LexicalEmbedder().embed(TEXTS)
    store = VectorStore(folder)
    name = store.fill("test", IDS, TEXTS, vectors, "lexical-1")
    assert store.search(name, IDS, vectors, 3).scores[0, 0] == pytest.approx(1.0, abs=1e-5)


class Meeting(VectorStore):
    """Whoever is filling waits for another to be filling too, and says whether one came."""

    def __init__(self, folder: Path, filling: Barrier, seconds: float) -> None:
        super().__init__(folder)
        self.met, self._filling, self._seconds = False, filling, seconds

    def _holds(self, name: str, ids: Sequence[str], vectors: Vectors) -> bool:
        return False

    def _add(self, name: str, ids: Sequence[str], vectors: Vectors) -> None:
        with suppress(BrokenBarrierError):
            self._filling.wait(self._seconds)
            self.met = True


@pytest.mark.parametrize(("folders", "seconds", "met"), [(("one", "one"), 0.3, False), (("one", "other"), 20, True)])
def test_one_folder_is_filled_by_one_thread_at_a_time_and_another_waits_for_nobody(
    tmp_path: Path, folders: tuple[str, str], seconds: float, met: bool
) -> None:
    filling, at_once = Barrier(2), Barrier(2)
    stores = [Meeting(tmp_path / folder, filling, seconds) for folder in folders]

    def fill(store: VectorStore) -> None:
        at_once.wait(20)
        store.fill("test", IDS, TEXTS, LexicalEmbedder().embed(TEXTS), "lexical-1")

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(fill, stores))
    assert [store.met for store in stores] == [met, met]


def test_a_collection_that_another_put_away_or_changed_is_a_failure_and_never_all_zeros(store: VectorStore) -> None:
    vectors = LexicalEmbedder().embed(TEXTS)
    name = store.fill("test", IDS, TEXTS, vectors, "lexical-1")
    store._collection(name).delete(ids=["b"])
    with pytest.raises(IndexFailure, match="relancez"):
        store.search(name, IDS, vectors, 3)
    store._renew()
    with pytest.raises(IndexFailure, match="relancez"):
        store.search(name, IDS, vectors, 3)
    assert store.fill("test", IDS, TEXTS, vectors, "lexical-1") == name
    assert store.search(name, IDS, vectors, 3).scores[0, 0] == pytest.approx(1.0, abs=1e-5)


def test_an_index_that_cannot_be_made_is_one_french_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexFailure, match="chroma"):
        VectorStore(tmp_path / "file" / "chroma")


def test_no_text_of_a_dossier_is_in_the_index_nor_one_kept_by_an_earlier_version(tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_bytes(b"an earlier index: relancer les devis")
    in_a_process_of_its_own(folder)
    for file in folder.rglob("*"):
        assert not file.is_file() or b"relancer les devis" not in file.read_bytes()


HOLDER = """
import sys
from pathlib import Path
from assistant.matching.own_folder import own_folder
print(own_folder(Path(sys.argv[1])).name, flush=True)
sys.stdin.read()
"""


def test_processes_that_run_at_once_have_a_folder_each_and_one_alone_finds_its_own_again(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"an earlier index: relancer les devis")
    holders = [
        subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    held = [holder.stdout.readline().strip() for holder in holders if holder.stdout]
    for holder in holders:
        holder.communicate(timeout=20)
    assert sorted(held) == [b"0", b"1"]
    assert own_folder(tmp_path) == tmp_path / "0"
    assert not (tmp_path / "chroma.sqlite3").exists()
