"""Keys to one review: what a page hands to the browser so that its requests are known to come from that person.

A key says who, which review and until when, and is signed with a secret of the installation: nothing is kept on the
server, so that a key made before a restart still opens after it.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

SECRET_FILE = "desk-secret"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Grant:
    """What a key opens: one review, for one person, until `until` (seconds since 1970), while their sign-in holds."""

    person: str
    review: str
    until: int
    sign_in: str = ""


def signed(secret: bytes, grant: Grant) -> str:
    """The key of a grant, safe in an address and in a cookie."""
    said = base64.urlsafe_b64encode(
        json.dumps([grant.person, grant.review, grant.until, grant.sign_in]).encode()
    ).decode()
    return f"{said}.{_mac(secret, said)}"


def accepted(secret: bytes, key: str, now: float) -> Grant | None:
    """The grant of a key that this installation signed and that has not ended; else None."""
    said, _, mac = key.partition(".")
    if not hmac.compare_digest(_mac(secret, said).encode(), mac.encode()):
        return None
    try:
        person, review, until, sign_in = json.loads(base64.urlsafe_b64decode(said))
    except (ValueError, binascii.Error):
        return None
    return Grant(person, review, until, sign_in) if now < until else None


def secret_of(folder: Path) -> bytes:
    """The installation's secret, made once in its data folder and readable by its owner alone."""
    file = folder / SECRET_FILE
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(descriptor, "wb") as made:
        made.write(secrets.token_bytes(SECRET_BYTES))
    return file.read_bytes()


def _mac(secret: bytes, said: str) -> str:
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
