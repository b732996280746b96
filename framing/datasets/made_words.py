"""The words, names, sentence patterns and planted differences of `make_articles`.

Every list stands in order of frequency. No word stands in two lists of nouns, so that each noun
has one origin: a topic, a frame, a planted term, a trend or the general vocabulary.
"""

from __future__ import annotations


def _listed(text: str) -> list[str]:
    return text.split()


SOURCES: dict[str, str] = {"Courier": "DEU", "Gazette": "RUS", "Herald": "USA", "Tribune": "QAT"}

# (item, source, ratio of its rate there to its rate in each other source) at effect=1
TERMS: tuple[tuple[str, str, float], ...] = (
    ("refugee", "Courier", 4.0), ("convoy", "Courier", 3.0),
    ("border", "Courier", 2.0), ("asylum", "Courier", 1.5),
    ("sovereignty", "Gazette", 4.0), ("partner", "Gazette", 3.0),
    ("militant", "Gazette", 2.0), ("stability", "Gazette", 1.5),
    ("opposition", "Herald", 4.0), ("strike", "Herald", 3.0),
    ("rebel", "Herald", 2.0), ("sanction", "Herald", 1.5),
    ("mediator", "Tribune", 4.0), ("civilian", "Tribune", 3.0),
    ("truce", "Tribune", 2.0), ("envoy", "Tribune", 1.5),
)  # fmt: skip
COUNTRY_RATIOS: tuple[tuple[str, str, float], ...] = (
    ("Germany", "Courier", 3.0), ("Russia", "Gazette", 3.0),
    ("the United States", "Herald", 3.0), ("Qatar", "Tribune", 3.0),
)  # fmt: skip
PERSON_RATIOS: tuple[tuple[str, str, float], ...] = (
    ("Olaf Scholz", "Courier", 2.0), ("Vladimir Putin", "Gazette", 2.0),
    ("Joe Biden", "Herald", 2.0), ("Recep Tayyip Erdogan", "Tribune", 2.0),
)  # fmt: skip
TOPIC_RATIOS: tuple[tuple[str, str, float], ...] = (
    ("aid", "Courier", 2.0), ("battlefield", "Gazette", 2.0),
    ("economy", "Herald", 2.0), ("talks", "Tribune", 2.0),
)  # fmt: skip
FRAME_RATIOS: tuple[tuple[str, str, float], ...] = (
    ("humanitarian", "Courier", 2.0), ("security", "Gazette", 2.0),
    ("accountability", "Herald", 2.0), ("dialogue", "Tribune", 2.0),
)  # fmt: skip
# (term, ratio of its rate on the last day to its rate on the first, in every source)
TRENDS: tuple[tuple[str, float], ...] = (("ceasefire", 4.0), ("offensive", 0.25))

TOPICS: dict[str, list[str]] = {
    "battlefield": _listed("""
        army front battle commander artillery drone village attack brigade trench position tank
        ammunition hill assault missile road checkpoint patrol ambush shell garrison rifle
        bunker supply reconnaissance flank casualty bombardment mortar regiment barracks
        airfield helicopter sniper minefield
    """),
    "talks": _listed("""
        negotiation delegation agreement proposal meeting round draft clause summit session
        annex statement text compromise deadline schedule chair venue guarantee protocol mandate
        signature agenda negotiator consultation amendment preamble adjournment plenary
        communique interpreter handshake shuttle verification accord moratorium
    """),
    "aid": _listed("""
        camp food hospital water tent medicine family shelter volunteer doctor clinic flour
        blanket vaccine warehouse truck donor nurse school child mother ration blood ambulance
        epidemic well fuel stove blockade orphan midwife cholera bakery evacuation
        malnutrition tarpaulin
    """),
    "economy": _listed("""
        market price bank trade budget company inflation export currency investment oil tax
        growth industry loan wage factory debt harvest tariff pipeline exchange shareholder
        subsidy customer invoice deficit merger employment dividend refinery retailer freight
        bond surplus manufacturer
    """),
    "elections": _listed("""
        vote party candidate election campaign poll parliament voter coalition ballot rally
        constituency debate turnout majority senator mayor manifesto referendum primary
        speaker runoff seat electorate governor slogan recount incumbent province whip
        canvasser threshold observer legislature cabinet nomination
    """),
    "football": _listed("""
        match team goal coach player season league striker stadium defender penalty
        goalkeeper cup midfielder referee fan injury transfer victory final pitch corner
        captain substitute header tackle champion whistle qualifier derby fixture bench
        defeat training scoreboard equaliser
    """),
}

FRAMES: dict[str, list[str]] = {
    "humanitarian": _listed(
        "suffering mercy hunger survival grief dignity relief widow hardship rescue"
    ),
    "security": _listed(
        "threat extremism radical weapon defence danger enemy cell infiltration order"
    ),
    "accountability": _listed(
        "tribunal evidence crime inquiry witness impunity abuse verdict violation culprit"
    ),
    "dialogue": _listed(
        "trust patience bridge goodwill channel invitation respect reconciliation listening"
    ),
}

NOUNS = _listed("""
    government minister report official plan decision group city region week problem question
    country office law programme system service change result leader issue case community
    number item project policy history area state centre role development process
    information authority paper reason view approach committee spokesman study member moment
    figure measure step source document answer record network building station council
    measurement interest letter newspaper journalist photograph resident street district
    square river valley coast harbour airport railway museum university teacher
    student professor library novel weather winter storm rain holiday festival
    concert camera telephone engineer scientist experiment satellite computer software
    machine battery forest farm animal kitchen restaurant hotel visitor passenger driver
    bicycle ticket corridor window garden mountain island lake shore morning evening
    calendar anniversary ceremony tradition language dictionary chapter
""")

VERBS = _listed("""
    followed changed reached supported opened ended delayed discussed reported described
    reviewed approved examined crossed visited watched shaped limited blocked welcomed rejected
    questioned replaced reduced raised improved measured covered inspected mentioned recorded
    joined moved divided restored presented organised completed repeated counted compared
    postponed extended cancelled announced explained criticised defended prepared printed
""")

ADJECTIVES = _listed("""
    new local large small national public long early different important general recent
    political old main short regional open common difficult separate quiet narrow wide
    northern southern eastern western annual modern ordinary special formal
    careful sudden slow partial complex rural urban central distant cold warm empty crowded
""")

ADVERBS = _listed("""
    again today later quickly together slowly carefully soon openly twice quietly briefly
    fully partly clearly
""")

PLACES = _listed("""
    Geneva Vienna Cairo Oslo Istanbul Doha Berlin Moscow Washington London Paris Amman Beirut
    Dublin Beijing Baghdad Rome Athens
""")

COUNTRIES: list[str] = [
    "Germany", "Russia", "the United States", "Qatar", "France", "Britain", "Turkey", "China",
    "Syria", "Iran", "Egypt", "Iraq", "Jordan", "Ireland", "Lebanon", "Norway", "Israel", "Japan",
]  # fmt: skip

PERSONS: list[str] = [
    "Olaf Scholz", "Vladimir Putin", "Joe Biden", "Recep Tayyip Erdogan", "Emmanuel Macron",
    "Rishi Sunak", "Xi Jinping", "Giorgia Meloni",
]  # fmt: skip

# N noun, V verb, A adjective, R adverb, T town, C country, P person. Sentences with a person hold
# no drawn noun or verb: nothing is ever said about a real person but where a meeting was held.
PATTERNS = """
    the N V the A N in T .
    officials said that the N V the N .
    in T the A N V the N of the N .
    the N and the N V the A N R .
    C and C V the N on the N .
    the government of C said the N was A .
    a spokesman for C V the A N .
    for the N , the A N V the N .
    R the N of the N V the N .
    it was the A N that V the N in T .
    after the N , people in T V the N .
    the N from C V the A N and the N .
    many said the N had V the N before the A N .
    there was no N , and the N V the N R .
    the N was A , the N was A .
    as the N V the N , the A N of C V the N .
    with the N , C V the A N for the N .
    to the N in T the N was not A .
    the calendar of P showed a visit to T .
    P was in T on the same day .
    reporters in T waited for P .
    the ministers of C and C met in T .
    this N V the N , but the N V the A N .
    they V the N and its N .
""".strip()

TITLES = """
    A N V N in T
    N and N V A N
    C V N
    A N , A N
    T : N V N
    how the N V the N
""".strip()
