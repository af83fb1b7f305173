"""Places where bytes are kept, for tests: a folder, and buckets in memory or behind a loopback S3."""

from uuid import uuid4

from assistant.store.bucket import Bucket, Reached


def in_memory() -> Bucket:
    """A bucket of its own, made."""
    reached, name = Reached({}, kind="memory"), f"bucket-{uuid4().hex}"
    reached.store.makedirs(name)
    return Bucket(name, reached)
