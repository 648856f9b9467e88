"""The real adapter: one signed JSON POST a message. The protocol is written down in docs/messages.md."""

from __future__ import annotations

import hashlib
import hmac
import json
import time

import httpx

from shanzhi.foundation.messages.channels import Refused, Sent, Unavailable
from shanzhi.foundation.messages.channels.numbers import international

TIMEOUT = httpx.Timeout(8.0, connect=3.0)
MOST_ANSWER = 64 * 1024
# The gateway itself is at fault or wants us later; every other 4xx is about this message.
TRY_AGAIN = {401, 402, 403, 404, 405, 408, 421, 423, 425, 429}


def signature(secret: str, moment: int, key: str, body: bytes) -> str:
    """Binds time, key and body, so that neither a replay nor a changed number passes."""
    signed = f"{moment}.{key}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


class HttpSmsProvider:
    def __init__(self, url: str, *, token: str, secret: str = "", timeout: httpx.Timeout = TIMEOUT) -> None:
        self.url, self.token, self.secret, self.timeout = url, token, secret, timeout

    def send(self, phone: str, text: str, *, key: str) -> Sent:
        body = json.dumps({"to": international(phone), "text": text}, ensure_ascii=False).encode()
        try:
            # A redirect could carry the token elsewhere: never followed. Proxies of the environment are not ours to trust.
            with (
                httpx.Client(timeout=self.timeout, follow_redirects=False, trust_env=False) as client,
                client.stream("POST", self.url, content=body, headers=self._headers(key, body)) as response,
            ):
                return self._answer(response.status_code, _read(response))
        except httpx.TimeoutException as error:
            raise Unavailable("the gateway did not answer in time") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unavailable(f"the gateway could not be reached ({type(error).__name__})") from error

    def _headers(self, key: str, body: bytes) -> dict[str, str]:
        moment = int(time.time())
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": key,
            "User-Agent": "shanzhi/1",
        }
        if self.secret:
            headers["X-Shanzhi-Signature"] = f"t={moment},v1={signature(self.secret, moment, key, body)}"
        return headers

    def _answer(self, status: int, body: bytes) -> Sent:
        if 200 <= status < 300:
            try:
                reference = json.loads(body)["id"]
            except (ValueError, KeyError, TypeError) as error:
                raise Unavailable(f"the gateway answered {status} without the id of the message") from error
            return Sent(reference=str(reference)[:120])
        if 400 <= status < 500 and status not in TRY_AGAIN:
            raise Refused(f"the gateway refused the message ({status}{_reason(body)})")
        raise Unavailable(f"the gateway answered {status}{_reason(body)}")


def _read(response: httpx.Response) -> bytes:
    body = b""
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > MOST_ANSWER:
            raise Unavailable("the gateway's answer is too long")
    return body


def _reason(body: bytes) -> str:
    """Only the gateway's error word: its sentence may repeat the number."""
    try:
        code = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    word = "".join(letter for letter in str(code)[:40] if letter.isalnum() or letter in "-_")
    return f", {word}" if word else ""
