"""A load generator: clients that send prepared requests to 127.0.0.1 and count the answers.

No library, so that it costs little beside the servers on the same machine; it runs as a process of its own.
"""

import json
import socket
import sys
import threading
import time


def request(host: str, port: int, method: str, path: str, body: bytes = b"") -> bytes:
    """Return a request as bytes; the connection is closed after the answer."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}:{port}", "Connection: close", "Accept-Language: zh-hans"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def send(host: str, port: int, raw: bytes) -> tuple[int, bytes]:
    """Send one request; return the status and the whole answer."""
    with socket.create_connection((host, port), timeout=30) as connection:
        connection.sendall(raw)
        chunks = []
        while chunk := connection.recv(65536):
            chunks.append(chunk)
    answer = b"".join(chunks)
    return int(answer[9:12] or 0), answer


def run(host: str, port: int, requests: list[bytes], *, clients: int, seconds: float) -> dict:
    """Send the requests round and round until the time is over; return counts and the elapsed seconds."""
    begin = time.monotonic()
    done = [0] * clients
    failed: list[int] = []
    hits = [0] * clients

    def client(number: int) -> None:
        position = number * len(requests) // clients
        while time.monotonic() < begin + seconds:
            status, answer = send(host, port, requests[position % len(requests)])
            position += 1
            done[number] += 1
            if status != 200:
                failed.append(status)
            elif b"X-Cache: hit" in answer[:2000]:
                hits[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "requests": sum(done),
        "failed": failed[:20],
        "hits": sum(hits),
        "seconds": time.monotonic() - begin,
    }


if __name__ == "__main__":
    order = json.load(sys.stdin)
    prepared = [request(order["host"], order["port"], *(item[:2]), item[2].encode()) for item in order["items"]]
    json.dump(
        run(order["host"], order["port"], prepared, clients=order["clients"], seconds=order["seconds"]), sys.stdout
    )
