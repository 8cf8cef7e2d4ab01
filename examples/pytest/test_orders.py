"""The mock over HTTP, as any language can drive it. Run `pytest`, or `python3 -m unittest`."""

import json
import subprocess
import unittest
from urllib.request import Request, urlopen


class Orders(unittest.TestCase):
    def setUp(self):
        # A killed test leaves no server: it ends with its standard input.
        command = "npx sse-counter serve ../orders.sse --port 0 --until-stdin-ends"
        self.server = subprocess.Popen(command, shell=True, stdin=-1, stdout=-1, text=True)
        self.root = self.server.stdout.readline().split(" on ")[1].removesuffix("/event\n")

    def tearDown(self):
        self.server.communicate()

    def ask(self, method, path, body=None):
        with urlopen(Request(self.root + path, body, method=method), timeout=10) as response:
            return response.read().decode()

    def test_resumes_behind_a_published_order(self):
        with urlopen(Request(self.root + "/event", headers={"Last-Event-ID": "11"}), timeout=10) as stream:
            (first,) = json.loads(self.ask("GET", "/connections?wait=1&timeout=5"))
            self.assertEqual(first["lastEventId"], "11")
            self.assertEqual(self.ask("POST", "/publish?event=order&id=12", b'{"number":12}'), "Sent on 1 connection.\n")
            lines = [stream.readline().decode() for _ in range(4)]
            self.assertEqual(lines, ["event: order\n", "id: 12\n", 'data: {"number":12}\n', "\n"])
            self.ask("POST", "/drop")
