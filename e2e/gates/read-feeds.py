"""Reads feeds as a feed reader does, and prints what it found as JSON, one line for each file."""

import json
import sys

import feedparser

for path in sys.stdin.read().splitlines():
    with open(path, "rb") as file:
        # As bytes and without clean-up, so that everything that is wrong shows.
        feed = feedparser.parse(file.read(), sanitize_html=False, resolve_relative_uris=False)
    print(
        json.dumps(
            {
                "version": feed.version,
                "broken": str(feed.get("bozo_exception", "")) if feed.bozo else "",
                "title": feed.feed.get("title", ""),
                "links": [[link.get("rel", ""), link.get("href", "")] for link in feed.feed.get("links", [])],
                "entries": [
                    {
                        "id": entry.get("id", ""),
                        "title": entry.get("title", ""),
                        "link": entry.get("link", ""),
                        "published": bool(entry.get("published_parsed")),
                        "updated": bool(entry.get("updated_parsed")),
                        "html": "".join(part.get("value", "") for part in entry.get("content", [])),
                        "pictures": [
                            media["url"] for kind in ("media_content", "media_thumbnail") for media in entry.get(kind, [])
                        ],
                        "recordings": [link.get("href", "") for link in entry.get("enclosures", [])],
                    }
                    for entry in feed.entries
                ],
            }
        )
    )
