"""Lists of words by what they say about a country's name next to them, as the corpus has them."""

from __future__ import annotations

LISTS: dict[str, str] = {
    "direction": """
        northern southern eastern western central north south east west northeastern northwestern
        southeastern southwestern north-eastern north-western south-eastern south-western northeast
        northwest southeast southwest neighbouring neighboring war-torn war-ravaged capital city
        town province downtown inner rural mainland modern-day present-day upper lower current-day
        old ancient medieval colonial postwar post-war pre-war wartime post-brexit landlocked
        mountainous sunny
        """,
    "in": """
        in across inside within throughout into near outside around through via leaving visiting
        visited visit entering entered fled fleeing flee left reach reached reaching invaded
        invading invade occupied bombed bombing bomb enter leave nearby beyond at visits enters
        leaves reaches invades bombs flees tour tours toured touring off bordering separating
        separates separate linking connecting connects impacted impacts battered batters rocked
        rocks shook devastated crossing crossed surrounding gripped gripping sweeping swept escape
        escaped escaping roam roamed explore exploring
        """,
    "from": "from to toward towards",
    "with": "with between against by among amongst vs upon for over",
    "said": """
        said says say saying told tells tell insisted insists insist accused accuses accuse
        accusing denied denies deny denying vetoed vetoes veto warned warns warn warning urged
        urges urge urging called calls wants want wanted wanting supports backs agrees agree sees
        see saw knows know knew thinks think thought believes believe hopes hope expects expect
        considers consider vows vow rejects reject refuses refuse refusing claims claim argues
        argue condemns condemn seeks seek sought launches launch plans plan threatens threaten
        responds respond announces announce intends intend opposes oppose demands demand offers
        offer gives give gave takes take took makes make made sends send sent holds hold held keeps
        keep kept began begins begin brings bring brought comes came goes went gets got tries try
        finds find found led leads leading lead met meets meet pulls pulled built builds build
        sells sell sold buys buy bought spends spend spent hits hit fights fight fought shoots shot
        withdraws withdrew withdraw halts halted joins joined signs signed uses used using lets let
        puts put sets set stands stand stood blames blame bans ban banned lifts lift imposes impose
        expels expel extends extend continues continue remains seems looks acts act moves moved
        needs need does do did doesn't didn't don't has have had hasn't haven't hadn't will won't
        would wouldn't must should shouldn't can can't cannot could couldn't may might became
        becomes become come go get cut cuts shut shuts quit split faces maintains pushes respects
        arrests summons approves confirms places worries wishes hosts
        """,
    "is": "is was are were isn't wasn't aren't weren't",
    "adverb": """
        also now then still already again recently repeatedly reportedly allegedly never not
        therefore however often long strongly firmly currently meanwhile always earlier later
        publicly privately officially formally increasingly only just
        """,
    "told": """
        accused accuses accuse accusing urged urges urge urging told tells telling warned warns
        warning asked asks ask asking blamed blames blame blaming criticised criticized criticises
        criticizes criticize criticise criticising criticizing condemned condemns condemn
        condemning pressed pressing press pressured called sued sanctioned sanction supports
        supported supporting backs backed backing helped help helping helps allow allowed allowing
        allows threatened threaten threatening threatens deter deterring isolate isolating punish
        punishing let forced force forcing forces convince convinced persuade persuaded pushed
        thanked thank confront confronting join joined joining joins counter countering engage
        engaging contain containing made make gave give giving gives trust trusting
        """,
    "state": """
        agent agents government governments govt governmental president presidents presidential
        presidency minister ministers ministry ministries ministerial official officials
        authorities army armies military troops force forces jet jets warplane warplanes aircraft
        plane planes helicopter helicopters bomber bombers fighter-bomber navy naval ship ships
        warship warships vessel vessels submarine submarines fleet soldier soldiers serviceman
        servicemen police policeman intelligence spy spies diplomat diplomats diplomatic diplomacy
        ambassador ambassadors embassy embassies envoy envoys representative representatives
        delegation delegations state parliament parliamentary parliamentarian parliamentarians
        lawmaker lawmakers legislator legislators senator senators senate congress congressman
        congresswoman congressional congressmen mp mps administration regime leader leaders
        leadership defence defense airstrike airstrikes airforce strike strikes bombing bombings
        bombardment raid raids missile missiles drone drones nuclear atomic policy policies
        sanctions side consulate consulates consul secretary spokesman spokeswoman spokesperson
        spokesmen prime premier chancellor king queen prince princess crown monarch prosecutor
        prosecutors prosecution court courts judge judges justice marine marines operation
        operations campaign campaigns intervention interventions aggression invasion position
        stance backing assistance commander commanders commander-in-chief general generals admiral
        colonel cabinet security special deputy vice vice-president artillery tanks tank weapons
        weapon arms law laws constitution constitutional treasury federal interior finance
        interference meddling hackers hacking visa visas passport passports tax taxes budget
        taxpayers taxpayer attorney-general attorney electoral negotiators negotiator negotiating
        counterpart counterparts colleagues partners partner ally allies occupation withdrawal
        pullout involvement engagement strategy interests demands proposal proposals initiative
        veto vetoes decision decisions move efforts response threat threats mission missions
        veterans personnel peacekeepers customs immigration legislation executive governor
        governors department departments ban ambitions advisers advisors adviser advisor airbase
        commandos pilot pilots servicewomen reconnaissance militarily dictator strongman ruler
        rulers sovereignty independence citizenship ultimatum commitment commitments authority rule
        role recognition colony governance air collusion hack airpower mandate jurisdiction
        sponsorship spokespeople aid tariffs quota committee commission agency agencies bureau
        watchdog regulator regulators tribunal coastguard gendarmerie paramilitary officer officers
        brigade battalion squadron carrier carriers destroyer destroyers frigate garrison
        contingent command chiefs rocket rockets decree amendment regulations relations ties
        relationship alliance treaty pact accord pledge vow embargo blockade siege shelling
        offensive assault incursion incursions crackdown propaganda disinformation influence
        pressure espionage spying cyberattack cyberattacks deployment deployments buildup build-up
        presence exercises drills manoeuvres patrol patrols surveillance arsenal warhead warheads
        icbm nukes bilateral cooperation counterterrorism anti-terrorism anti-terror commissioner
        commissioners mayor mayors councillors council peacekeeping militias vice-premier
        vice-minister justices attorneys marshal marshals fbi cia nsa homeland nominee nomination
        inauguration ratification accession membership bid chairmanship guarantees guarantee
        concessions condemnation accusations accusation allegations claims denial denials complaint
        request requests insistence refusal reluctance willingness readiness determination desire
        attempts attempt effort plan plans objective objectives aim aims intentions intent ruling
        rulings verdict extradition deportation deportations indictment counter-intelligence
        counterintelligence moratorium nonproliferation disarmament obligations obligation
        contribution contributions overture overtures patience retaliation handover warning
        warnings message apology goodwill deal deals link links investigation investigations probe
        probes contact contacts connection connections lobby guard guards staff staffer staffers
        partnership partnerships dialogue dialog consultation consultations negotiation
        negotiations operative operatives action actions statement statements annexation intention
        participation departure exit priority priorities concerns view views answer inability
        policymakers policymaker policy-makers pm congresspeople peacekeeper militaries statehood
        sappers objection objections leverage tampering collaboration talks ceasefire cease-fire
        truce imperialists imperialism activities control outreach rapprochement backchannel
        hostility attitude tsar emperor empress coroner investigators investigator inspectors
        inspector legislature chancellery mediator mediators mediation row spat standoff stand-off
        confrontation rivalry tensions tension rift feud agreement agreements memorandum resolve
        hardliners wargames frigates warfare overreach encroachment service services unwillingness
        support provocation provocations affairs summit summits commando sides abandonment gunboat
        corvette discomfort pushback cruisers cruiser belt
        """,
    "land": """
        bridge bridges square city cities town towns village villages capital capitals border
        borders territory territories soil province provinces region regions district coast
        coastline shore shores desert airspace waters airport airports island islands enclave
        countryside governorate suburb suburbs neighborhood neighbourhood port ports mountains
        mountain frontier hospital hospitals prison prisons camp camps highway road roads street
        streets mainland area areas zone land lands sky skies school schools university
        universities club nightclub resort hotel jungle bases heartland exclave north south east
        west northeast northwest southeast southwest cross-border space locale governorates
        checkpoint checkpoints embankment settlements jail jails peninsula arctic alps shelf
        resorts outpost outposts coastal valley valleys lake lakes river rivers plateau steppe
        forests forest neighborhoods neighbourhoods venue venues stadium stadiums hinterland
        outskirts wilderness
        """,
    "persons": """
        people peoples person persons citizen citizens national nationals civilian civilians child
        children woman women man men refugee refugees migrant migrants immigrant immigrants
        opposition rebel rebels insurgent insurgents militant militants fighter fighters family
        families voter voters student students population populations journalist journalists
        reporter reporters athlete athletes player players worker workers diaspora public tourist
        tourists activist activists youth girl girls boy boys doctor doctors politician politicians
        resident residents businessman businessmen businesswoman billionaire entrepreneur
        entrepreneurs tycoon investor investors analyst analysts expert experts scientist
        scientists scholar scholars researcher researchers academic academics lawyer lawyers artist
        artists actor actors actress singer musician director writer author photographer
        photographers teenager teenagers teen mother father parents brother brothers sister son
        daughter husband wife couple passenger passengers victim victims hostage hostages prisoner
        prisoners dissident dissidents protesters protester demonstrators muslim muslims christian
        christians jews jew jewish kurds kurdish kurd sunni shiite shia catholics minority
        minorities consumer consumers farmer farmers driver drivers asylum seekers exile exiles
        expatriates expats friends friend volunteers volunteer suspects suspect hacker jihadists
        jihadist extremists terrorist terrorists gunman attacker motorist swimmer runner footballer
        striker midfielder goalkeeper skier cyclist boxer coach fans fan supporters shoppers
        travellers travelers captain teacher teachers employees employee soul souls viewers
        audience audiences crowd users user observers nationalists patients patient nurse nurses
        priest bishop survivor survivors commentator blogger astronaut cosmonaut cosmonauts
        astronauts trader traders pensioners generation generations crew crews locals employers
        employer publisher inhabitants households household elite elites motorists footballers
        customer customers client clients buyer buyers shareholder shareholders homeowner
        homeowners professor professors economist economists historian historians psychologist
        psychologists sociologist engineer engineers chef chefs designer designers architect
        architects novelist novelists poet poets filmmaker filmmakers composer pianist violinist
        dancer dancers ballerina comedian rapper presenter correspondent correspondents editor
        editors columnist columnists pundits critic critics philosopher thinker biologist physicist
        chemist surgeon millionaire magnate oligarch oligarchs banker bankers manager managers boss
        founder owner owners labourer labourers laborers pensioner retiree retirees adult adults
        kid kids baby babies infant infants toddler twins males females lady gentleman folk folks
        guy guys native natives commuters climber mountaineer explorer pilgrims monk monks nun nuns
        cleric clerics imam imams rabbi missionary missionaries archbishop sprinter golfer jockey
        wrestler gymnast skater biathlete olympian olympians paralympian paralympians champion
        champions winger defender flanker hooker fly-half scrum-half referee smuggler smugglers
        trafficker traffickers killer murderer assassin gang gangs gangster mafia cartel cartels
        extremist radicals islamist islamists separatist separatists communists socialists
        conservatives liberals democrats whistleblower translator translators interpreter
        interpreters hairdresser pupil pupils graduates undergraduates intellectuals psychiatrist
        therapist midwife midwives paramedics firefighter firefighters shopper diners celebrity
        celebrities stars actresses artisan artisans fisherman fishermen sailor sailors
        holidaymakers backpacker backpackers evacuees returnees deportees defector defectors
        detainee detainees descendants ancestors ancestry relatives neighbours neighbors workforce
        electorate masses intelligentsia lobbyist lobbyists mercenary mercenaries loyalists butler
        waiter waiters waitress cook cooks maid maids cleaner cleaners gardener tailor baker
        butcher plumber carpenter mechanic mechanics shopkeeper shopkeepers bartender barista
        hostess stewardess courier accountant accountants consultant consultants auditor salesman
        salesmen technician technicians programmer programmers developers inventor inventors orphan
        orphans widow widows bride groom grandmother grandfather uncle aunt cousin nephew niece
        fiancee boyfriend girlfriend spouse spouses heir heiress socialite host hosts anchor
        vlogger youtuber streamer fugitive fugitives convict convicts inmate inmates defendant
        defendants plaintiff sniper snipers bomber-suspect recruit recruits settlers settler
        peasants peasant herders herder villagers villager townspeople preacher pastor sheikh
        theologian linguist archaeologist archaeologists astronomer mathematician anthropologist
        biographer playwright screenwriter producer sculptor illustrator cartoonist painter
        painters conductor drummer guitarist songwriter soprano tenor violin-maker cricketer
        cricketers golfers boxers swimmers runners cyclists skiers skaters rower rowers gymnasts
        wrestlers jockeys trainer trainers opener spinner goalscorer community communities
        landowners collectors pirates merchants illustrators musicians medalists medallists
        medalist medallist netizens astronomers riders biathletes specialists specialist bishops
        protestants millennials populists populace executives authors superstar superstars visitors
        visitor democrat mother-in-law father-in-law daughter-in-law son-in-law sister-in-law
        brother-in-law mum mom dad mums moms dads adventurer adventurers schoolboy schoolgirl
        schoolchildren talent tribes tribe bedouins speakers newcomer newcomers compatriots
        compatriot dead nonagenarian gentlemen colonists brides grandparents grandson granddaughter
        grandchildren stepfather stepmother twin siblings superhero supermodel supermodels heroine
        hero heroes moguls mogul intermediaries mep meps
        """,
    "things": """
        inquiry diet economy economic economies market markets oil gas currency dollar dollars
        ruble rubles rouble roubles lira yuan euro pound language languages media newspaper
        newspapers television tv radio channel channels broadcaster broadcasters news press
        magazine website team teams squad company companies firm firms business businesses industry
        industries bank banks banking film films movie movies culture cultural history football
        soccer rugby cricket hockey tennis basketball baseball olympic olympics sport sports stock
        stocks exchange league cup championship championships open prix war wars conflict conflicts
        crisis settlement revolution uprising peace civil election elections referendum vote poll
        polls politics political dream values life exports imports export import goods products
        product food steel cars car carmaker automaker giant giants manufacturer manufacturers
        brand brands music art literature opera ballet orchestra novel book books restaurant
        cuisine wine beer vodka tea theatre theater museum museums group groups party parties
        cybersecurity internet tech technology bonds bond shares equities retail retailer store
        stores airline airlines tourism trade manufacturing growth gdp inflation jobs unemployment
        housing property health healthcare education science academy institute organization
        organisation scene name names word words version style flag flags nationality heritage
        tradition traditions identity story display displays agenda sector sectors investment
        investments debt deficit surplus wage wages startup startups conglomerate operator
        operators maker makers chipmaker automakers carmakers subsidiary factory factories farm
        farms agriculture crop crops fruit vegetables meat beef pork poultry milk dairy cheese rice
        wheat grain coffee chocolate whiskey whisky bread dish dishes fashion label furniture toys
        clothes clothing textiles phone phones smartphone smartphones software hardware chips app
        apps video videos series shows drama comedy sitcom soap documentary song songs band album
        festival award awards painting paintings poetry folklore dance architecture legend myth
        medicine calligraphy holidays christmas religion church faith democracy civilisation
        civilization character spirit nationalism patriotism accent dialect translation edition
        proverb saying joke jokes humour humor peso yen franc sterling rupee rial riyal dinar
        shekel renminbi rmb title titles medal medals win victory defeat goal match matches game
        games tournament racing race horse horses derby golf cycling swimming athletics boxing
        skiing skating premiership bundesliga cups tour qualifier qualifiers rivals outfit
        federation federations association associations paralympic paralympics front collapse
        disaster tragedy earthquake genocide famine holocaust coup scandal scandals affair ballot
        ballots transition spring situation dossier uproar outrage model miracle success lender
        insurer utility chain chains supermarket supermarkets bookmaker brewer brewery distillery
        drugmaker drugmakers pharmaceuticals miner miners railways railway e-commerce fintech
        consumption sales output productivity turnover revenues profits profit prices price index
        indices yields rating ratings credit loan loans mortgage mortgages insurance pensions
        wealth poverty inequality recession recovery slowdown boom bubble downturn supply logistics
        shipping freight trains pipeline pipelines coal electricity energy solar wind turbines
        battery batteries vehicles vehicle motorcycles engine engines machinery robots robot
        semiconductor semiconductors publications outlets outlet tabloid tabloids publishers
        coverage reports programme programmes network networks charity charities ngo ngos
        foundation foundations thinktank union unions chamber curriculum textbooks exam exams
        research study studies climate weather cinema pavilion exhibition exhibits sculpture
        photography festivals carnival cookery cooking recipe recipes slang lyrics voices ideals
        ideal psyche soul-searching mentality exceptionalism promise vision image reputation
        society societies program programs contractor contractors reactor reactors plant plants
        fund funds enterprise enterprises consortium system systems institution institutions empire
        future problem problems money novels mythology characters roots descent origin lives
        infrastructure jetliner jetliners airliner airliners telecom telecoms development
        environment cinemas ownership emissions emission prescriptions pharmacy
        """,
    "compound state": """
        led backed supported funded sponsored trained controlled held allied aligned brokered run
        imposed armed equipped owned occupied mediated proposed drafted sanctioned initiated
        dominated friendly hosted organised organized provided supplied supporting supportive
        installed appointed
        """,
    "compound place": "based born bound wide bordering",
    "compound other": "speaking made style language listed built flagged inspired educated like",
    "pro": "pro anti",
    "event": """
        talks meeting meetings summit process conference platform round attack attacks bombing
        shooting shootings riots rape murder murders blast blasts explosion fire massacre derby
        """,
    "weak": """
        public national nationals general air security special deputy civil political presidential
        election elections state peace vice prime crown electoral fighter health education trade
        economy economic energy oil gas tourism housing property business banking bank sports sport
        football soccer rugby film media press culture cultural history science technology internet
        tech war food music art stock youth student students opposition climate research team
        finance drama district border city prison airport women men girls boys people family ruling
        coast refugee migrant consumer voter worker player fan user child prisoner terrorist
        visitor plant guard system future contact action service services development environment
        """,
    "receivers": """
        ambassador ambassadors envoy envoys warning warnings message messages threat threats pay
        payment payments sell sold selling sale sales according ties tied link links linked close
        closer loyal commitment aid support response responded respond responding offer offered
        supply supplies supplied transfer transferred belong belongs belonged concession
        concessions similar speak spoke talk talked talking apology apologised letter signal
        signals deliver delivered delivery access comparable compared thanks owe owes owed opposed
        opposition alternative counterweight help assistance pressure request requests independence
        demand demands hostile friendly missile missiles strike strikes aggression interference
        policy policies stance attitude approach posture overture overtures gesture gestures
        provide provides provided providing ultimatum openness hostility sanctions delegation
        delegations representative representatives diplomats diplomat officials official ministers
        minister leaders leader negotiators lawmakers ministries power powers rules orders money
        funding
        """,
    "function": """
        of that who which as when after before because since while where whose than but if so not
        about on per via both either neither nor with he she it they we i you his her its their
        this these those there here one two three more most all some many other others including
        such under during until amid despite without ahead following then even off up down out
        again early late there's it's like unlike behind together alone alike
        """,
    "parts": """
        part parts out most rest outskirts centre center heart middle edge map streets all outside
        inside
        """,
    "of": "of",
    "plural verbs": "have are were aren't weren't haven't",
    "match": """
        match matches game games qualifier qualifiers friendly semi-final semifinal quarter-final
        quarterfinal final replay draw win wins victory defeat defeats fixture fixtures test tests
        cap caps tries medal medals gold silver bronze
        """,
    "team": """
        captain coach striker midfielder goalkeeper scrum-half fly-half winger defender
        international internationals player players fans fan squad manager flanker hooker centre
        full-back fullback batsman bowler team teams supporters boss forward
        """,
    "helping": "to will would has have had is was are were",
    "versus": "v vs versus",
    "sport verbs": """
        won win wins winning lose loses lost beat beats beaten scored scores score scoring
        qualified qualify qualifies qualifying finished finishes thrashed defeated hammered
        trounced equalised equalized trailed trailing conceded top topped tops outplayed
        """,
    "market verbs": """
        grew grow grows growing export exports exported exporting import imports imported importing
        consume consumes consumed ranks ranked rank ranking accounts accounted accounting overtook
        overtakes overtaken overtaking outperformed boasts lags lagged lagging aged ageing aging
        suffers suffered suffering urbanised modernised celebrates celebrate celebrated celebrating
        mourns mourn mourned mourning elects elect elected electing prospered prospers
        """,
    "compared": """
        like unlike than behind toppling topple toppled overtaking overtake overtook surpassing
        surpass surpassed
        """,
    "holds": """
        hold holds held holding go goes going went head heads headed prepare prepares prepared
        preparing voted votes vote voting
        """,
    "ballot": "election elections polls referendum vote ballot leave remain stay out",
    "kinds": """
        country nation economy market producer exporter importer society democracy destination
        consumer
        """,
    "describes": """
        a an home known one well-known famous renowned world's world country nation rich poor
        developing well
        """,
    "affair": "talks",
    "flights": """
        flights flight flying fly flew flown airspace skies sorties overflights overflight drones
        """,
    "probes": """
        investigation investigations investigating inquiry inquiries probe probes probing rein
        reining reined reins confidence trust interest
        """,
    "grounds": """
        visit visits grounds complex lawn checkpoint fence gate gates garden gardens driveway
        visitor visitors residence tour tours building perimeter campus intruder bridge station
        hall abbey
        """,
    "comers": """
        visitor visitors visit visits adjacent next close near trip trips walk walked walking drove
        drive driving arrive arrives arrived arriving welcome welcomes welcomed invited invite
        invites travelled traveled came come coming returned returns return went back invitation
        march marched marching rush rushed
        """,
    "commerce": "trade turnover commerce exports imports investment investments",
    "tongue": "in speak speaks spoke spoken speaking learn learned learning fluent into",
    "such": "such",
    "as": "as",
    "including": "including like",
    "class": """
        countries country nations nation states state cities city towns places markets economies
        neighbours neighbors regions capitals giants destinations developing developed emerging
        neighbouring neighboring other several some many seven six predominantly mainly
        muslim-majority majority-muslim major big large rich poor local
        """,
    "degree": "most more least two three four five one other many",
    "not persons": """
        list lists exist exists assist assists consist consists twist resist persist desist mist
        wrist checklist wishlist blacklist another former earlier rather further better greater
        bigger larger smaller higher lower stronger weaker deeper longer shorter wider broader
        older younger elder newer richer poorer faster slower tougher safer cheaper easier fairer
        darker lighter harder closer quicker tighter wealthier latter upper inner outer proper
        major senior junior prior superior exterior minor poor super order orders number numbers
        power powers water paper papers letter letters matter matters center centers corner cover
        covers tower towers computer computers summer winter october november september december
        corridor corridors career careers honor honors labor favor favors factor factors behavior
        harbor color colors rumor rumors terror horror error errors mirror motor motors door doors
        floor floors tractor tractors indicator indicators chapter chapters register barrier
        barriers shelter shelters thriller blockbuster merger mergers takeover takeovers transfer
        transfers trigger triggers anger danger dangers hunger cancer fever fiber layer layers
        marker markers container containers server servers printer printers scanner scanners router
        routers browser newsletter newsletters poster posters banner banners hammer dinner supper
        butter pepper sugar timber rubber powder silver copper copier surrender encounter
        encounters endeavor disorder disorders answers quarter quarters headquarters parameter
        parameters meter meters kilometer litre liter whether however whoever whatever whenever
        moreover altogether together refer differ suffer prefer gather twitter niger salvador cyber
        flyer flyers filter filters charter header folder ladder shoulder shower peer peers vapor
        flavor flavors vector sensor sensors monitor monitors processor processors generator
        generators transistor elevator escalator
        """,
    "links": "and or",
    "agency": """
        reuters ap afp tass xinhua upi sputnik interfax irna sana dpa cnn abc bbc rt itar novosti
        epa efe ani pti kyodo yonhap
        """,
    "months": """
        january february march april june july august september october november december jan feb
        aug sept sep oct nov dec
        """,
}
