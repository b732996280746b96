"""The rules for what a country's name stands for, as plain data.

Each rule looks at the words next to a mention; the first that fits decides, and its name is the
mention's `how`. The lists hold terms as the corpus has them.
"""

from __future__ import annotations

from dataclasses import dataclass

GOVERNMENT, PLACE, PEOPLE, OTHER = "government", "place", "people", "other"

LISTS: dict[str, str] = {
    "direction": """
        northern southern eastern western central north south east west northeastern northwestern
        southeastern southwestern north-eastern north-western south-eastern south-western
        northeast northwest southeast southwest neighbouring neighboring war-torn war-ravaged
        downtown inner rural mainland modern-day present-day upper lower
        """,
    "in": """
        in across inside within throughout into near outside around through via leaving visiting
        visited visit entering entered fled fleeing flee left reach reached reaching invaded
        invading invade occupied bombed bombing bomb reenter re-enter enter leave nearby beyond
        """,
    "from": "from to at via toward towards",
    "with": """
        with between against by among amongst versus vs for like pro anti on behalf toward towards
        upon off
        """,
    "said": """
        said says say saying told tells tell insisted insists insist accused accuses accuse
        accusing denied denies deny denying vetoed vetoes veto warned warns warn warning urged
        urges urge urging called calls wants want wanted wanting supports backs agrees agree sees
        see saw knows know knew thinks think thought believes believe hopes hope expects expect
        considers consider vows vow rejects reject refuses refuse refusing claims claim argues
        argue condemns condemn seeks seek sought launches launch plans plan threatens threaten
        responds respond announces announce intends intend opposes oppose demands demand offers
        offer gives give gave takes take took makes make made sends send sent holds hold held
        keeps keep kept began begins begin brings bring brought comes came goes went gets got
        tries try finds find found led leads leading lead met meets meet pulls pulled built builds
        build sells sell sold buys buy bought spends spend spent hits hit fights fight fought
        shoots shot withdraws withdrew withdraw halts halted joins joined signs signed uses used
        using lets let puts put sets set stands stand stood blames blame bans ban banned lifts lift
        imposes impose expels expel extends extend continues continue remains seems looks
        acts act moves moved needs need does do did doesn't didn't don't
        has have had hasn't haven't hadn't will won't would wouldn't must should shouldn't can
        can't cannot could couldn't may might became becomes become
        """,
    "is": "is was are were isn't wasn't aren't weren't",
    "adverb": """
        also now then still already again recently repeatedly reportedly allegedly never not
        therefore however often long strongly firmly currently meanwhile always
        """,
    "told": """
        accused accuses accuse accusing urged urges urge urging told tells telling warned warns
        warning asked asks ask asking blamed blames blame blaming criticised criticized criticises
        criticizes criticize criticise criticising criticizing condemned condemns condemn condemning
        pressed pressing press pressured called called sued sanctioned sanction supports supported
        supporting backs backed backing helped help helping helps allow allowed allowing allows
        threatened threaten threatening threatens deter deterring isolate isolating punish
        punishing let forced force forcing forces convince convinced persuade persuaded pushed
        thanked thank confront confronting join joined joining joins counter countering engage
        engaging contain containing made make gave give giving gives trust trusting
        """,
    "deal": """
        sanctions sanction pressure tensions relations ties war talks agreement deal dialogue
        cooperation co-operation partnership alliance embargo trade negotiations contacts
        rapprochement charges complaint
        """,
    "state": """
        government governments govt governmental president presidents presidential presidency
        minister ministers ministry ministries ministerial official officials authority authorities
        army armies military troops force forces jet jets warplane warplanes aircraft plane planes
        helicopter helicopters bomber bombers fighter-bomber navy naval ship ships warship
        warships vessel vessels submarine submarines fleet soldier soldiers serviceman servicemen
        police policeman intelligence spy spies diplomat diplomats diplomatic diplomacy ambassador
        ambassadors embassy embassies envoy envoys representative representatives delegation
        delegations state parliament parliamentary parliamentarian parliamentarians lawmaker
        lawmakers legislator legislators senator senators senate congress congressman
        congresswoman congressional congressmen mp mps administration regime leader leaders
        leadership foreign defence defense air airstrike airstrikes airforce strike strikes
        bombing bombings bombardment raid raids missile missiles drone drones nuclear atomic
        policy policies sanctions side consulate consulates consul secretary spokesman spokeswoman
        spokesperson spokesmen prime premier chancellor king queen prince princess crown monarch
        prosecutor prosecutors prosecution court courts judge judges justice marine marines
        coalition-led operation operations campaign campaigns intervention interventions aggression
        invasion position stance support backing assistance commander commanders commander-in-chief
        general generals admiral colonel cabinet federation security special deputy vice
        vice-president artillery tanks tank weapons weapon arms law laws constitution
        constitutional treasury federal interior finance central election-meddling interference
        meddling hackers hacking visa visas passport passports tax taxes budget taxpayers
        taxpayer attorney-general attorney electoral senate's base bases-deal negotiators
        negotiator negotiating counterpart counterparts colleagues partners partner ally allies
        rule occupation withdrawal pullout involvement role engagement strategy interests demands
        proposal proposals initiative veto vetoes plan plans decision decisions move efforts
        response threat threats attack-helicopters mission missions veterans personnel peacekeepers
        customs immigration border-guards legislation executive republican democrat governor
        governors mayor speaker bureau agency agencies department departments ban ambitions
        authorities' advisers advisors adviser advisor airbase commandos pilot pilots pilot's
        servicewomen reconnaissance militarily dictator strongman ruler rulers sovereignty
        statehood independence citizenship ruling ultimatum commitment commitments alliance
        """,
    "land": """
        city cities town towns village villages capital capitals border borders territory
        territories soil province provinces region regions district coast coastline shore shores
        desert airspace waters airport airports island islands enclave countryside governorate
        suburb suburbs neighborhood neighbourhood port ports mountains mountain frontier side-of
        hospital hospitals prison prisons camp camps highway road roads street streets
        mainland area areas community zone land lands sky skies school schools university
        universities club nightclub resort hotel jungle state-of bases heartland exclave north
        south east west northeast northwest southeast southwest cross-border
        """,
    "persons": """
        people peoples person persons citizen citizens national nationals civilian civilians child
        children woman women man men refugee refugees migrant migrants immigrant immigrants
        opposition rebel rebels insurgent insurgents militant militants fighter fighters family
        families voter voters student students population populations journalist journalists
        reporter reporters athlete athletes player players worker workers diaspora society public
        tourist tourists activist activists youth girl girls boy boys doctor doctors politician
        politicians resident residents businessman businessmen businesswoman billionaire
        entrepreneur entrepreneurs tycoon investor investors analyst analysts expert experts
        scientist scientists scholar scholars researcher researchers academic academics lawyer
        lawyers artist artists actor actors actress singer musician director writer author
        photographer photographers teenager teenagers teen mother father parents brother brothers
        sister son daughter husband wife couple passenger passengers victim victims hostage
        hostages prisoner prisoners dissident dissidents protesters protester demonstrators
        muslim muslims christian christians jews jew jewish kurds kurdish kurd sunni shiite shia
        catholics minority minorities consumer consumers farmer farmers driver drivers
        asylum-seekers asylum seekers exile exiles expatriates expats friends friend volunteers
        volunteer aid-workers suspects suspect hacker jihadists jihadist extremists terrorist
        terrorists gunman attacker motorist swimmer runner footballer striker midfielder goalkeeper
        skier cyclist boxer coach fans fan supporters shoppers travellers travelers hearts lives
        captain teacher teachers employees employee staff soldier-of-fortune doping-athletes
        pilot-in-training descent origin speaker-of soul souls viewers audience audiences crowd
        families' users user observers nationalists women's patients patient nurse nurses priest
        bishop survivor survivors commentator blogger journalist's astronaut cosmonaut cosmonauts
        astronauts trader traders pensioners generation generations crew crews
        """,
    "things": """
        economy economic economies market markets oil gas currency dollar dollars ruble rubles
        rouble roubles lira yuan euro pound currency language languages media newspaper newspapers
        television tv radio channel channels broadcaster broadcasters news press magazine website
        team teams squad company companies firm firms business businesses industry industries bank
        banks banking film films movie movies culture cultural history football soccer rugby
        cricket hockey tennis basketball baseball olympic olympics sport sports stock stocks
        exchange league cup championship championships open prix war wars conflict conflicts crisis
        settlement revolution uprising peace civil election elections referendum vote poll polls
        politics political way ways dream values life exports imports goods products product food
        steel cars car carmaker automaker giant giants manufacturer manufacturers brand brands
        music art literature opera ballet orchestra poet novel novelist book books restaurant
        cuisine wine beer vodka tea football-club theatre theater museum museums group groups
        party parties presidential-race cybersecurity internet tech technology bonds bond shares
        equities retail retailer store stores airline airlines tourism trade manufacturing growth
        gdp inflation jobs unemployment housing property real-estate auto health healthcare
        education science academy institute sports-federation organization organisation
        universities-ranking scene accent name names word words version style flag flags
        nationality heritage tradition traditions identity story society's soap film-maker
        consulting think tank-maker university-press
        """,
    "compound state": """
        led backed supported funded sponsored trained controlled held allied aligned brokered run
        imposed made-up armed equipped owned occupied mediated proposed drafted sanctioned
        initiated dominated friendly hosted organised organized provided supplied
        """,
    "compound place": "based born bound wide bordering",
    "compound other": "speaking made style language listed built flagged inspired educated",
    "pro": "pro anti",
    "links": "and or",
    "agency": """
        reuters ap afp tass xinhua upi sputnik interfax irna sana dpa cnn abc bbc rt itar
        novosti epa efe ani pti kyodo yonhap
        """,
    "months": """
        january february march april june july august september october november december jan feb
        aug sept sep oct nov dec
        """,
}
"""Words by what they say about a country's name next to them."""


@dataclass(frozen=True)
class Rule:
    """One rule: where it looks, for which list, at which aliases, and what it decides.

    Attributes
    ----------
    how : str
        Its name.
    sense : str
        What it decides.
    at : str
        Where it looks: `before` and `after` (the next word with no sign between, articles and
        adverbs skipped), `noun` (the first word of a noun list among the next three), `part` and
        `part before` (the rest of a compound).
    words : str
        The name of the list; `*ed` for a word of five letters or more that ends in -ed.
    aliases : str
        Initials of the aliases it is for: Name, Capital, Adjective or demonym, Metonym, acronYm.
    """

    how: str
    sense: str
    at: str
    words: str
    aliases: str = "NCAYM"


RULES = (
    Rule("part of a compound: government", GOVERNMENT, "part", "compound state"),
    Rule("part of a compound: place", PLACE, "part", "compound place"),
    Rule("part of a compound: other", OTHER, "part", "compound other"),
    Rule("pro- or anti-", GOVERNMENT, "part before", "pro"),
    Rule("outside the building", PLACE, "before", "in", "M"),
    Rule("direction in front", PLACE, "before", "direction", "NC"),
    Rule("owner of land", PLACE, "noun", "land", "AYNC"),
    Rule("owner of people", PEOPLE, "noun", "persons", "AYNC"),
    Rule("owner of a thing", OTHER, "noun", "things", "AYNC"),
    Rule("owner of a state's organ", GOVERNMENT, "noun", "state", "AYNC"),
    Rule("preposition of place", PLACE, "before", "in", "NCY"),
    Rule("subject of a verb", GOVERNMENT, "after", "said", "NCYM"),
    Rule("subject of a verb", GOVERNMENT, "after", "*ed", "NCY"),
    Rule("object of a verb", GOVERNMENT, "before", "told", "NCYM"),
    Rule("dealings with it", GOVERNMENT, "before", "with", "NCYM"),
    Rule("subject of is", GOVERNMENT, "after", "is", "NCY"),
    Rule("from or to", PLACE, "before", "from", "NCY"),
)
"""The rules, the first that fits decides. Datelines come before them, listed names after them."""

DEFAULTS = {"N": GOVERNMENT, "C": GOVERNMENT, "Y": GOVERNMENT}
"""What a name stands for where no rule fits; others keep the sense that the ledger gives."""

NOUNS = ("land", "persons", "things", "state")
"""The lists of nouns: the first of them behind an adjective decides."""

ENDS = ("in", "from", "with", "said", "is", "links")
"""The lists at which the search for a noun ends."""

DATELINE, LISTED, PLURAL = "dateline", "listed with another", "plural of people"
UNKNOWN, ALONE = "adjective with another noun", "adjective without a noun"
NO_RULE, LEDGER = "no rule", "as in the ledger"
FULLER_FORM, HOLDER = "fuller form in the article", "holder on that day"
WORD = "word in the article"

HOWS = tuple(
    dict.fromkeys(
        [
            DATELINE,
            *(rule.how for rule in RULES),
            LISTED,
            PLURAL,
            UNKNOWN,
            ALONE,
            NO_RULE,
            LEDGER,
            FULLER_FORM,
            HOLDER,
            WORD,
        ]
    )
)
"""All values of `how`."""
