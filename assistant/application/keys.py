"""Keys to one review: a page that a person opened hands one to the browser, which then asks for the rest by itself."""

import secrets
import time

from assistant.access.actor import Actor
from assistant.access.keys import SECRET_BYTES, SECRET_FILE, Grant, accepted, secret_of, signed
from assistant.application.installation import Installation
from assistant.application.signing_in import SigningIn
from assistant.errors import StoreAway
from assistant.store.blobs import AWAY

HOURS = 16
"""How long a key opens a review: a long day. Each opening of the page hands over a new one."""


class Keys:
    """Says who asks; whether they may is asked of `access` at each call all the same."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._shared = b""
        self._sign_ins = SigningIn(installation)

    def grant(self, actor: Actor, review_id: str) -> str:
        """A key of this person's to this review."""
        until = int(time.time()) + HOURS * 3600
        return signed(self._secret(), Grant(actor.person, review_id, until, actor.sign_in))

    def seconds_left(self, key: str, person: str, review_id: str) -> int:
        """How long the key still opens this review for this person; 0 when it does not."""
        now = time.time()
        grant = accepted(self._secret(), key, now)
        if grant is None or (grant.person, grant.review) != (person, review_id):
            return 0
        if grant.sign_in and not self._sign_ins.alive(grant.sign_in):
            return 0
        return max(1, int(grant.until - now))

    def _secret(self) -> bytes:
        """Of the whole installation: of several servers, each accepts what another signed."""
        if self._installation.settings.files_url is None:
            return secret_of(self._installation.settings.data_dir)
        if not self._shared:
            kept = self._installation.kept
            known = kept.get(SECRET_FILE)
            if known is None:
                kept.create(SECRET_FILE, secrets.token_bytes(SECRET_BYTES))
                known = kept.get(SECRET_FILE)
            if known is None:
                raise StoreAway(AWAY)
            self._shared = known
        return self._shared
