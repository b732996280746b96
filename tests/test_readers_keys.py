"""Keys: the same for life, unique, and only as long as needed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from framing.readers.keys import LENGTH, SHORT, content_hash, make_keys, skeleton


def articles(texts: list[str], title: str = "Rain") -> pd.DataFrame:
    n = len(texts)
    return pd.DataFrame(
        {
            "source": pd.Series(["Gazette"] * n, dtype="str"),
            "date": pd.Series(["2016-09-02"] * n, dtype="datetime64[s]"),
            "title": pd.Series([title] * n, dtype="str"),
            "text": pd.Series(texts, dtype="str"),
        }
    )


def keys(texts: list[str], own: list[object]) -> list[str]:
    return make_keys(articles(texts), pd.Series(own, dtype="str"))[0].tolist()


def test_an_own_id_is_the_key() -> None:
    found, clashing, repeated = make_keys(articles(["a", "b"]), pd.Series(["7", "8"], dtype="str"))
    assert found.tolist() == ["7", "8"]
    assert not clashing.any()
    assert not repeated.any()


def test_without_an_id_the_key_is_a_hash_of_the_content() -> None:
    found = keys(["a", "b"], [np.nan, np.nan])
    assert found == content_hash(articles(["a", "b"])).tolist()
    assert {len(key) for key in found} == {LENGTH}


def test_different_articles_with_one_id_each_get_their_hash_behind_it() -> None:
    hashes = content_hash(articles(["a", "b", "c"]))
    found, clashing, repeated = make_keys(
        articles(["a", "b", "c"]), pd.Series(["7", "7", "8"], dtype="str")
    )
    assert found.tolist() == [f"7-{hashes[0][:SHORT]}", f"7-{hashes[1][:SHORT]}", "8"]
    assert clashing.tolist() == [True, True, False]
    assert not repeated.any()


def test_the_same_article_twice_gets_a_number() -> None:
    found, clashing, repeated = make_keys(
        articles(["a", "a", "a"]), pd.Series(["7", "7", "7"], dtype="str")
    )
    assert found.tolist() == ["7", "7-2", "7-3"]
    assert not clashing.any()
    assert repeated.tolist() == [False, True, True]
    hashed = keys(["a", "a"], [np.nan, np.nan])
    assert hashed[1] == f"{hashed[0]}-2"


def test_a_number_that_is_someones_id_is_not_given_twice() -> None:
    assert keys(["a", "a", "b"], ["7", "7", "7-2"]) == ["7", "7-3", "7-2"]


def test_mended_typography_does_not_change_a_key() -> None:
    assert skeleton("“Yes,” he said — it’s late…") == skeleton('"Yes,"?he said - it"s late...')
    assert skeleton("Sinn Féin went home") == skeleton("Sinn F\ufffd\ufffdin went home")
    assert skeleton("Da\nwar  es") == skeleton("da war es")


def test_other_scripts_have_keys_of_their_own() -> None:
    assert skeleton("Президент заявил") != skeleton("Президент молчал")
    assert skeleton("总统") != skeleton("总理")


def test_every_part_of_an_article_counts() -> None:
    base = articles(["a"])
    others = [
        base.assign(source="Herald"),
        base.assign(title="Snow"),
        base.assign(text="b"),
        base.assign(date=pd.Series(["2016-09-03"], dtype="datetime64[s]")),
        base.assign(date=pd.Series([None], dtype="datetime64[s]")),
        base.assign(title=pd.Series([np.nan], dtype="str")),
    ]
    hashes = {content_hash(one)[0] for one in [base, *others]}
    assert len(hashes) == 7


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from([None, "1", "2", "1-2"])),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_keys_are_unique_and_do_not_depend_on_the_order(rows: list[tuple], random: object) -> None:
    found = keys([text for text, _ in rows], [own for _, own in rows])
    assert len(set(found)) == len(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    again = keys([text for text, _ in shuffled], [own for _, own in shuffled])
    assert sorted(found) == sorted(again)
