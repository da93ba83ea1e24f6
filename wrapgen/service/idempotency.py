"""``Idempotency-Key``: the same request sent again gets the answer that it got."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from flask import Response, g, request

from wrapgen.service.context import context
from wrapgen.service.problems import Refused, answer
from wrapgen.service.state import Conflict, Kept

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEPT = ("Content-Type", "ETag", "Vary")


def once(body: bytes, make: Callable[[], Response]) -> Response:
    """The answer that ``make`` gives, or gave to the same request under the same key.

    An answer that tells of a fault of ours is not kept. Refused: 400 for what is no key, 409 while the first request
    is being answered, 422 where the key came with another request.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return make()
    if not _KEY.fullmatch(key):
        raise Refused(400, "An Idempotency-Key is 1 to 255 printable ASCII characters, without spaces.")
    answers = context().answers
    mine = f"{g.get('key', '')} {key}"
    try:
        kept = answers.begin(mine, _request_hash(body))
    except Conflict as conflict:
        if conflict.another:
            raise Refused(422, "This Idempotency-Key was used for another request.") from None
        raise Refused(409, "The request of this Idempotency-Key is being answered.", Retry_After="1") from None
    if kept is not None:
        again = Response(kept.body, status=kept.status, headers=kept.headers)
        again.headers["Idempotent-Replayed"] = "true"
        return again
    try:
        try:
            response = make()
        except Exception as error:
            response = answer(error)
        if response.status_code < 500:
            headers = [(name, response.headers[name]) for name in _KEPT if name in response.headers]
            answers.keep(mine, Kept(response.status_code, headers, response.get_data()))
        return response
    finally:
        answers.give_up(mine)


def _request_hash(body: bytes) -> bytes:
    """Of all that the answer depends on."""
    digest = hashlib.sha256()
    for part in (request.path.encode(), request.query_string, request.headers.get("Accept", "").encode(), body):
        digest.update(b"%d:%s" % (len(part), part))
    return digest.digest()
