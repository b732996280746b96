"""Data to work with: a bundled sample, articles with planted differences, and a real corpus."""

from __future__ import annotations

from framing.datasets.default import load_articles
from framing.datasets.made import make_articles, planted_differences
from framing.datasets.news import fetch_news_articles
from framing.datasets.sample import load_sample

__all__ = [
    "fetch_news_articles",
    "load_articles",
    "load_sample",
    "make_articles",
    "planted_differences",
]
