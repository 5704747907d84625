"""The words that made-up news is written with: lists, sentence patterns and names, all of them data.

Every list runs roughly from common to rare, for the maker draws by rank. In patterns, `{noun}`, `{verb}` and the like are filled once,
when the store of clauses is made; `%(p1)s` and the like are filled for each article with its own cast:

    p1 p2   a person's full name, with an office or without      s1 s2   the surname alone
    o1 o2   an organisation       l1 l2   a place        n1 n2   a number       x1   an invented name, rare
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _listed(text: str, mark: str = "\n") -> tuple[str, ...]:
    """What stands between the marks, white space at its ends taken off."""
    return tuple(each.strip() for each in text.strip().split(mark))


NOUNS = _words(
    """
    government plan report people year week country meeting company deal group city state talks law vote party leader minister
    decision official court case police question change project programme budget price cost market power water road school
    hospital worker union strike family child house land border security force army attack peace aid crisis risk support offer
    demand supply growth study letter statement speech interview newspaper campaign election result record evidence inquiry
    review reform rule proposal contract agreement dispute protest crowd square bridge harbour railway station airport ferry
    storm flood drought winter summer harvest forest river coast island village district province capital museum theatre
    committee panel council commission tribunal ministry agency bureau fund bank loan debt tax pension wage shift engine vessel
    convoy patrol checkpoint ceasefire envoy delegate observer ambassador mayor governor deputy clerk auditor engineer surgeon
    nurse teacher farmer fisherman miner driver pilot tenant landlord tourist pilgrim archive manuscript orchard reservoir
    viaduct turbine generator warehouse refinery smelter ledger accord account action advance adviser affair age airline alarm
    album alley ally amount animal answer apartment appeal appointment area argument arrest arrival article asset assembly
    association attempt attention author autumn award balance ban barge barrier base basin battle bay beach benefit bid blast
    blaze boat body bomb bond book boom boundary boy branch breach bread break brother building bus bush butcher cabin cable
    camera camp canal cancer candidate car cargo carrier catch cause cell census centre ceremony chain chair chairman challenge
    champion chance channel chapter charity chief choice church cinema circuit citizen claim class climate clinic clock cloth
    club coal coalition code coffee collapse collection college column comment community competition complaint concern concert
    condition conference conflict congress connection construction consumer contest control convention corridor corruption
    cotton count couple courage crash credit crew crime crop crossing currency current customer customs cyclone dam damage
    danger daughter day dealer death debate decade deck decline defeat defence deficit delegation department deposit depot
    desert design desk detail development diplomat direction disaster discovery disease display distance doctor document dollar
    door doubt dozen duty earthquake economy edge editor education effect effort egg embassy emission employer employment end
    enemy energy entry environment equipment error estate estimate event examination exchange exercise exile exit expansion
    expert explosion export expression fabric face facility factor factory failure fair faith fare fashion father fault fear fee
    fence field fight figure film fire fish flag fleet flight floor flour fog food football foreman formula fort fraud freedom
    freight friend frontier fuel function funeral future gain game garden gas gate generation girl glass goal gold grain grant
    grass grave grid ground guard guest guide gun gym habit half hall hand handover harvester headline health hearing heat
    heating height helicopter hill history holiday home honey hope horse hotel hour household hull hunger husband ice idea image
    impact import income increase industry inflation influence information inn insurance interest investment invitation iron
    issue jail job journal journey judge judgment jury justice kitchen knowledge laboratory labour lake lamp lane language
    laundry lawyer lawsuit leaf league lease leather legacy legislation length lesson level library licence life lift light
    limit line link list load lock lorry loss lottery machine magazine magistrate mail majority manager manifesto map march
    margin mark mast master match material matter meal measure meat medal medicine member memorial memory merchant message metal
    mill mine mineral mirror missile mission mistake mobility model moment money monitor month monument moon morning mosque
    mother motion motor mountain move movement murder music nation neighbour net notice novel number oath object office officer
    oil operation opinion opposition option orchestra origin outbreak outcome outlook output outpost owner page paint painting
    pair paper parade pardon parent parish park parliament part partner passage passenger passport path patient pattern payment
    penalty performance period permission permit petition phase phone photograph physician pier pipe pipeline pitch place plague
    plain plane planet plant plate platform play player pledge plot poem poet point poll pollution pool port position post
    poster poverty practice prayer premier presence president pressure prison prisoner prize problem process producer product
    production professor profit progress promise proof property prosecutor provision public publisher pump purchase purpose
    quake quality quantity quarantine quarry quarter quay quota race radio raid rail rain rally range rate reaction reader
    reason rebel rebellion receipt recession recovery referendum refuge refugee refusal regime region register regulation
    relation relative relief religion remark rent repair republic request rescue research resident resignation resistance
    resolution resource response rest restaurant restriction return revenue reward rice riot rival role roof room root route row
    rubbish ruling rumour sailor salary sale salt sanction sand satellite scandal scene schedule scheme scholar science
    scientist screen sculpture sea season seat secret secretary sector seed senate senator sentence series servant service
    session settlement shadow share sheep shelter sheriff shipment shipyard shock shop shortage shore show siege sign signal
    silence silver singer sister site size skill skipper slope slum smoke snow soil soldier solution son song sort source space
    speaker species spending spokesman sport spring stability stadium staff stage stake standard star start statue status steel
    step stock stone storage store strait strategy stream student studio subject subsidy suburb success suggestion suit sugar
    summit sun supplier surface surplus survey survivor suspect suspicion symbol system table tailor talent tanker target task
    taste taxi tea team technology telephone telescope television temperature temple tension term terminal territory terror test
    text textile theory thief threat throne ticket tide timber time title tobacco toll tool total tour tower trade tradition
    traffic trail train training transfer transition transport treasure treasury treatment treaty tree trend trial tribe trip
    troop trouble truce truck trust truth tunnel turnout twin uncle unit unity university uprising user vaccine valley value
    valve van variety vault vehicle verdict vein veteran victim victory video view violence virus visa visit visitor voice
    volcano volume volunteer voter voyage wall war warden warning watch waste wave wealth weapon weather website wedding weight
    well wheat wheel whistle widow wife wind window wine wing wire witness wood wool word workshop world wound wreck writer yard
    youth zone
    """
)

CATEGORY_NOUNS: Mapping[str, tuple[str, ...]] = {
    "WORLD": _words("summit border envoy ceasefire refugee embassy treaty sanctions junta coalition aid convoy consulate"),
    "POLITICS": _words("cabinet coalition ballot amendment parliament senator opposition referendum budget whip bill motion"),
    "BUSINESS": _words("shares profit merger revenue exports inflation investor forecast factory shipment dividend tariff"),
    "SPORT": _words("match season goal coach striker league final penalty transfer injury stadium qualifier"),
    "SCIENCE": _words("study vaccine telescope sample genome satellite fossil trial glacier particle laboratory orbit"),
    "CULTURE": _words("festival novel exhibition orchestra film gallery poet premiere sculpture archive choir curator"),
    "HEALTH": _words("patient clinic outbreak vaccine ward nurse screening dose hospital infection midwife epidemic"),
    "TECHNOLOGY": _words("network software chip outage device cable startup algorithm platform data server patent"),
}
"""In the order of how much is written about them."""

VERBS = _words(
    """
    backed rejected announced approved discussed delayed welcomed criticised signed opened closed changed reported expected
    demanded launched suspended reviewed confirmed denied ordered blocked defended cancelled postponed extended reduced raised
    cut funded questioned investigated challenged halted resumed completed abandoned revised leaked published presented
    inspected repaired rebuilt evacuated seized released commissioned audited overruled shelved revived dismantled accepted
    accused acquired adapted adjusted admired adopted advised allowed altered amended answered appealed appointed argued
    arranged assembled assessed assigned assisted assured attacked attended avoided awarded banned barred borrowed bought broke
    built buried called captured carried caught caused celebrated charged checked chose claimed cleared collected compared
    compensated condemned connected considered contained contested controlled converted copied corrected counted covered created
    crossed damaged dated debated declared declined defeated defined delivered described designed destroyed detained determined
    developed directed discovered displayed divided documented doubled drafted drained drew dropped earned emptied encouraged
    endorsed enforced enlarged ensured entered established estimated examined exchanged excluded exempted expanded explained
    exported exposed expressed favoured feared filed filled financed fined finished fixed followed forbade forced forecast
    forgave formed fought found freed froze gained governed granted greeted guarded guided handled helped hid hired honoured
    hosted identified ignored imported imposed improved included indicated influenced informed inherited insured invented
    invited isolated joined judged justified kept lacked left legalised licensed lifted limited linked listed loaded located
    lost lowered maintained managed marked measured merged met mined missed monitored moved named neglected noted observed
    obtained offered omitted operated opposed organised overlooked owned painted pardoned passed performed permitted persuaded
    planned pledged praised predicted prepared preserved pressed prevented privatised produced prohibited promised promoted
    proposed prosecuted protected protested proved provided punished purchased pursued ratified reached received recognised
    recommended recorded recovered recruited reformed refused registered regretted regulated relaxed relied removed renamed
    renewed replaced represented requested rescued reserved resisted resolved restored restricted retained returned revealed
    reversed rewarded ruined ruled saved scrapped searched secured selected sent separated served settled shared shut sold
    solved sought split sponsored started stopped stored strengthened studied subsidised supplied supported surveyed tested
    thanked tightened took tracked traded trained transferred translated transported treated tripled trusted unveiled updated
    upheld urged used vetoed visited warned watched weakened withdrew withheld won
    """
)

PRESENT_VERBS = _words(
    """
    backs rejects approves delays welcomes signs opens closes demands launches suspends reviews confirms denies orders blocks
    defends cancels extends cuts raises questions halts resumes revises audits overrules shelves revives
    """
)

ADJECTIVES = _words(
    """
    new first last national local public former senior foreign early late major long large small common final recent military
    political regional federal northern southern eastern western independent official private joint annual daily costly disputed
    promised emergency temporary permanent unexpected cautious bitter fragile ambitious narrow sweeping quiet rural coastal
    unpaid overdue provisional obscure makeshift threadbare unanimous lopsided able abandoned abrupt absent active actual
    additional adequate advanced agricultural alleged alternative angry anonymous anxious apparent available average awkward
    bankrupt basic biggest blank bold brave brief bright broad broken busy calm careful central certain cheap civil civilian
    clean clear clever cold commercial complete complex considerable constant constitutional controversial conventional cool
    costlier criminal critical crucial crude cultural curious damp dangerous dark dead deadly dear decent decisive deep
    defensive delicate democratic dense desperate different difficult digital diplomatic direct distant domestic double dramatic
    dry due dull eager economic educational effective efficient elaborate elected electric electronic eligible empty endless
    enormous entire equal essential ethnic eventual exact excellent exceptional excessive exclusive experimental explicit
    extensive external extraordinary extreme fair faithful false familiar famous far fast fatal favourable fierce financial fine
    firm fiscal flat flexible flooded formal fortunate free frequent fresh full fundamental further general generous gentle
    genuine giant glad global gloomy good gradual grand grave great green gross growing guilty happy hard harsh healthy heavy
    hidden high historic holy honest hostile hot huge human humble hungry ideal identical idle illegal immediate immense
    imminent impartial imperial important impossible impressive inadequate incomplete incredible indirect industrial inevitable
    informal inland innocent intact intense interim internal international invisible inward isolated judicial junior just keen
    key known landlocked lasting lawful lean leading legal liable liberal light likely limited literary little live lively loud
    loyal lucky mad main marginal marine maritime massive mature maximum mean medical medieval mere mild minimum mixed mobile
    moderate modern modest monthly moral multiple municipal mutual naked naval nearby neat necessary negative neutral noble
    noisy normal notable novel nuclear numerous obvious odd offshore old open optional oral ordinary organic original outdoor
    outer overall overseas painful pale parallel partial particular passive peaceful perfect personal plain pleasant polite poor
    popular positive possible potential powerful practical precious precise present presidential previous prime principal prior
    probable productive profitable prominent proper proud prudent pure rapid rare raw ready real reasonable rebel recorded
    reliable religious remarkable remote rented residential responsible rich rigid ripe rising rough round routine royal ruined
    sacred sad safe scarce scattered scientific secret secular secure selective sensible sensitive separate serious severe
    shallow sharp short shy sick significant silent similar simple single slight slow smooth sober social soft sole solid sound
    spare special specific stable standard steady steep stiff still straight strange strategic strict strong structural stubborn
    subtle successful sudden sufficient suitable superior supreme surplus suspicious swift symbolic technical tense territorial
    thick thin thorough tight tiny total tough toxic traditional tragic tropical true typical ultimate unable uncertain unclear
    underground unfair uniform unique universal unlikely unpopular unusual upper urban urgent useful usual vacant vague valid
    valuable vast verbal vertical viable vital vivid vocal voluntary vulnerable warm weak wealthy weekly welcome wet whole wide
    widespread wild willing wise wooden worldwide worn worthy wrong young
    """
)

ADVERBS = _words("again quietly formally later already openly briefly narrowly finally repeatedly abruptly reluctantly")

WHEN = (
    *(f"on {day}" for day in _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")),
    "this week",
    "last month",
    "late at night",
    "earlier this year",
    "before dawn",
    "over the weekend",
)

RARE_STARTS = _words("re over under inter sub counter fore out semi trans post pre super mis un de")
RARE_STEMS = _words(
    """
    settle draft haul price stock plant charge count load grade frame route ship mark bank field cast ground point board
    line side work house light print scale string stage track trade write drill sample finance organise locate
    """
)
RARE_ENDS = ("", "s", "ed", "ing", "er", "able", "ment", "ers", "ings")

CLAUSES = _listed(
    """
    %(p1)s {verb} the {noun} {when}
    %(p1)s said the {adjective} {noun} would be {verb} {when}
    %(s1)s told reporters that the {noun} and the {topic} had been {verb}
    %(s1)s said it was too early to say whether the {topic} would be {verb}
    %(p2)s, who {verb} the {topic} in %(l1)s, called for a {adjective} {noun}
    %(s2)s {adverb} {verb} the {adjective} {topic}
    %(o1)s {verb} a {adjective} {topic} in %(l1)s {when}
    %(o1)s said in a statement that its {noun} had been {verb}
    %(o1)s and %(o2)s {verb} the {topic} for %(n1)s days
    %(o2)s put the number at %(n2)s, against %(n1)s a year before
    the {noun} in %(l1)s was {adverb} {verb} {when}
    the road between %(l1)s and %(l2)s was {verb} after the {noun}
    about %(n1)s people were waiting for the {topic} in %(l2)s
    the %(x1)s {noun} had been {verb} once before
    it would cost %(n2)s million, according to the {noun}
    the {adjective} {noun} {verb} the {topic} of the {noun}
    the {topic} had been {verb} by a {adjective} {noun} {when}
    there was no {adjective} {noun} and no {topic}, only a {rare} {noun}
    a {adjective} {topic} was {adverb} {verb}, and the {noun} was {rare}
    many of those at the {noun} had {verb} the {topic} {when}
    the {noun} of the {adjective} {topic} remains to be {verb}
    what was a {adjective} {noun} has become a {rare} {topic}
    neither the {noun} nor the {topic} has been {verb} since
    the {topic} has {adverb} been {verb} by every {noun} in the {adjective} {noun}
    for the {noun} it was the {adjective} {topic} of the year
    a {noun} from the {adjective} {noun} described the {topic} as {rare}
    it is not clear who {verb} the {topic} or why the {noun} was {verb}
    under the {adjective} {noun} every {topic} has to be {verb} {when}
    the {noun} was to have {verb} a {rare} {topic} {when}
    in a {adjective} {noun}, the {topic} was {verb} without a {noun}
    """
)

TAILS = _listed(
    """
    , while the {noun} was {verb} {when}
    , although the {topic} was {adverb} {verb}
    , as %(s1)s had asked
    , which the {noun} {verb} {when}
    , according to %(o1)s
    , a {noun} familiar with the {topic} said
    , and the {adjective} {noun} was {verb}
    , even if the {topic} had to be {verb} first
    , after a {adjective} {noun} that had {verb} the {noun}
    , because no {topic} could be {verb}
    , for the first time since the {noun} was {verb}
    , despite a {rare} {noun} in %(l1)s
    , in spite of the {adjective} {topic}
    , with %(n1)s of them from %(l2)s
    , where the {noun} had {verb} it
    , but it gave no {noun}
    , and %(s2)s agreed
    """
)

HEADLINES = _listed(
    """
    %(s1)s {present} {adjective} {topic} in %(l1)s
    %(o1)s {present} {topic} over {adjective} {noun}
    %(l1)s {topic} {present} {noun} as %(s1)s waits
    {adjective} {topic} for %(l1)s after {noun} {present} {noun}
    %(o1)s and %(o2)s in {topic} talks
    %(p1)s: the {topic} must be {verb}
    Why the {topic} of %(l1)s was {verb}
    %(n1)s left waiting as %(l1)s {present} {noun}
    {noun} {present} %(x1)s {topic}
    %(l1)s and %(l2)s: a {adjective} {topic}, a {rare} {noun}
    """
)

SUBHEADS = ("A long wait", "What comes next", "‘Nothing was decided’", "The other side", "By the numbers", "Old quarrels, new rules")

OFFICES = ("", "", "", "", "", "President ", "Prime Minister ", "Minister ", "Dr ", "Professor ", "General ", "Judge ", "Mayor ")

GIVEN_NAMES = _words(
    """
    Maria John Anna David Fatima Ahmed Elena Carlos Mei James Sofia Pedro Amina Peter Laura Ivan Grace Samuel Nadia Omar Julia
    Thomas Ingrid Kofi Leila Marco Hana Viktor Chloé Rafael Aung Thandiwe Kenji Priya Lukas Zainab Mateo Ayşe Henrik Ngozi
    Dmitri Beatriz Arjun Saoirse Tomás Yuki Bartosz Adaeze Émile Noor Sven Marisol Tariq Olga Jean Paulo Yasmin Erik Rosa Hugo
    Amara Ilse Rashid Clara Anton Sunita Felix Miriam Kwame Vera Anders Lucía Nikos Esther Björn Salma Cyril Teresa Zoltán Aiko
    Femi Greta Igor Paloma Ravi Ursula Wanjiru Xavier Zofia
    """
)
SURNAMES = _words(
    """
    Smith Khan Garcia Silva Kim Nguyen Müller Ivanova Okafor Rossi Tanaka Ali Martin Jansen Kumar Novak Hassan Mensah Larsen
    Costa O’Brien Petrov Diallo Haddad Fischer Moreau Lindqvist Achieng Castillo Yılmaz Horvat Banerjee Mbeki Kowalski Sato
    Fernandes Abdi Virtanen Marchetti Delgado Osei Papadopoulos Schneider Begum Bernard Thein Zaw Lwin Phiri Tran Suárez Bauer
    Ibrahim Lefèvre Kaya Ferrari Nowak Andersson Obi Rahman Weber Ortega Dubois Hughes Murphy Santos Vargas Popescu Wójcik Bondar
    Eriksen Salazar Ndiaye Farah Mahlangu Ricci Walsh Kozlov Benítez Chowdhury Takahashi Sørensen Vasquez Adeyemi Keller Mahmoud
    Steiner Aguilar Tekle Holm Botha Marin Quispe Razafy Szabó Toledo Ueda Vance Whitlock Ximenes Yeo Zimmer Ashworth Brandt
    Calloway Drummond Eastwood Fairley Gainsbury Hartnell Inglis Jessop Kettering Lonsdale Merriman Northcott Oakeshott Pemberton
    Quennell Ravenhill Stannard Thorncroft Underhay Verrinder Wetherby Yardley
    """
)
NAME_PARTICLES = ("", "", "", "", "", "", "", "", "", "van ", "de ", "al-", "von ", "bin ")

PLACES = _listed(
    """
    China, London, Russia, Washington, India, Paris, Brussels, Beijing, Ukraine, Berlin, Japan, Moscow, France, Myanmar,
    Brazil, Kenya, Tokyo, Geneva, Egypt, Mexico, Lagos, New York, Delhi, Turkey, Indonesia, Bangkok, Cairo, Nairobi, Madrid,
    Rome, Jakarta, Kyiv, Seoul, Iran, Lyon, South Africa, Yangon, Kunming, Mandalay, Lisbon, Vienna, Warsaw, Athens, Hanoi,
    Manila, Dhaka, Karachi, Bogotá, Lima, Santiago, Buenos Aires, São Paulo, Accra, Dakar, Addis Ababa, Khartoum, Tunis, Rabat,
    Oslo, Stockholm, Helsinki, Copenhagen, Dublin, Prague, Budapest, Bucharest, Sofia, Belgrade, Zagreb, Tbilisi, Yerevan,
    Baku, Tashkent, Almaty, Kabul, Baghdad, Amman, Beirut, Damascus, Riyadh, Muscat, Doha, Colombo, Kathmandu, Thimphu,
    Vientiane, Phnom Penh, Kuala Lumpur, Singapore, Perth, Sydney, Auckland, Suva, Honolulu, Vancouver, Toronto, Montreal,
    Halifax, Chicago, Denver, Houston, Miami, Havana, Kingston, Quito, La Paz, Asunción, Montevideo, Recife, Manaus, Luanda,
    Kinshasa, Kigali, Lusaka, Harare, Maputo, Antananarivo, Reykjavik, Tallinn, Riga, Vilnius, Minsk, Chisinau, Marseille,
    Porto, Seville, Naples, Hamburg, Rotterdam, Antwerp, Gdańsk, Odesa, Lviv, Izmir, Aleppo, Mosul, Shiraz, Lahore, Chennai,
    Kolkata, Chittagong, Da Nang, Cebu, Osaka, Sapporo
    """,
    ",",
)

ORG_PATTERNS = _listed(
    """
    {place} Ministry of {field}
    Bank of {place}
    {place} United
    University of {place}
    {surname} & {surname}
    {place} Port Authority
    National {field} Council
    {surname} Foundation
    {place} Daily Courier
    International {field} Agency
    {place} Chamber of Commerce
    {surname} Energy
    Movement for {field} Reform
    {place} High Court
    """
)
ORG_FIELDS = _words("Health Transport Finance Defence Justice Labour Energy Education Maritime Water Fisheries Statistics Census")

SYLLABLES = _words(
    "ka lo mer tin bra vos dal en sur pi ran tho quel ba nor ez ul fen gar ist mo dru sel va kor lim oth per ris tan wex yor"
)

PHRASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fr": {
        "headlines": _listed(
            """
            %(s1)s défend la réforme devant %(o1)s
            %(l1)s : la grève générale se poursuit
            À %(l2)s, un métro attendu depuis %(n1)s ans
            """
        ),
        "clauses": _listed(
            """
            %(p1)s a présenté le projet lundi à %(l1)s
            le gouvernement n’a pas encore répondu à %(o1)s
            selon %(s1)s, la décision était attendue depuis l’été
            près de %(n1)s personnes ont manifesté devant la préfecture de %(l2)s
            la région a déjà dépensé %(n2)s millions pour ce chantier
            personne ne sait qui a signé le contrat, ni pourquoi le marché a été rouvert
            %(p2)s s’est dite prête à reprendre les négociations
            les habitants du quartier %(x1)s réclament une école et une ligne de tramway
            """
        ),
        "tails": _listed(
            """
            , a précisé %(o1)s
            , malgré l’hiver et la hausse des prix
            , avant la réunion prévue à %(l1)s
            , sans donner d’autre précision
            """
        ),
    },
    "es": {
        "headlines": _listed(
            """
            %(s1)s aplaza la votación en %(l1)s
            %(o1)s revisa el presupuesto del puerto
            La sequía deja %(n1)s pueblos sin agua cerca de %(l2)s
            """
        ),
        "clauses": _listed(
            """
            %(p1)s anunció el acuerdo durante una visita a %(l1)s
            el ayuntamiento aprobó la propuesta con %(n1)s votos a favor
            según fuentes de %(o1)s, la obra costará %(n2)s millones
            los vecinos esperan desde hace años una respuesta del ministerio
            %(s2)s pidió calma y una investigación independiente
            la línea de tren entre %(l1)s y %(l2)s seguirá cerrada hasta la primavera
            nadie explicó por qué el buque %(x1)s salió del puerto de noche
            """
        ),
        "tails": _listed(
            """
            , dijo %(s1)s
            , aunque la oposición votó en contra
            , tras una larga noche de negociaciones
            , según la agencia
            """
        ),
    },
    "de": {
        "headlines": _listed(
            """
            %(s1)s verteidigt Sparkurs in %(l1)s
            %(o1)s prüft neue Regeln für den Hafen
            Streit um Bahnstrecke bei %(l2)s geht weiter
            """
        ),
        "clauses": _listed(
            """
            %(p1)s stellte den Entwurf am Dienstag in %(l1)s vor
            die Gewerkschaft fordert höhere Löhne für %(n1)s Beschäftigte
            nach Angaben von %(o1)s kostet der Umbau rund %(n2)s Millionen Euro
            ein Sprecher wollte sich zu dem Bericht nicht äußern
            %(s2)s sprach von einem Fehler der früheren Regierung
            der Zug zwischen %(l1)s und %(l2)s fährt wieder
            das Gutachten %(x1)s liegt seit Monaten im Ministerium
            """
        ),
        "tails": _listed(
            """
            , sagte %(s1)s
            , obwohl die Opposition dagegen stimmte
            , bevor der Ausschuss im Herbst entscheidet
            , wie es am Abend hieß
            """
        ),
    },
    "zh": {
        "headlines": _listed(
            """
            %(p1)s在%(l1)s会见代表团
            %(l1)s港口罢工进入第%(n1)s天
            %(l2)s新铁路通车推迟
            """
        ),
        "clauses": _listed(
            """
            %(p1)s星期三抵达%(l1)s
            双方讨论了边境贸易和新的铁路项目
            当地居民说这条路已经关闭了%(n1)s天
            市政府预计工程费用将达到%(n2)s万元
            %(p2)s表示调查结果将在下月公布
            专家认为今年冬天的供水仍然紧张
            从%(l1)s到%(l2)s的渡轮已经恢复
            工会要求提高夜班工人的工资
            """
        ),
        "tails": _listed(
            """
            ，但没有说明原因
            ，比去年增加了一倍
            ，有关部门正在核实
            ，会议持续到深夜
            """
        ),
    },
    "ja": {
        "headlines": _listed(
            """
            %(p1)s氏、%(l1)sで会談へ
            %(l1)sの港、再開は来月に
            %(l2)sの新しい橋に%(n1)s人が集まる
            """
        ),
        "clauses": _listed(
            """
            %(p1)s氏は水曜日に%(l1)sを訪れた
            市は来年度の予算案を公表した
            住民の多くは工事の延期を求めている
            参加者は%(n1)s人に上った
            %(l1)sと%(l2)sを結ぶ列車は夜まで止まった
            %(p2)s氏は調査の結果を待つと述べた
            費用は%(n2)s億円に達する見通しだ
            研究者は新しい方法を確かめている
            """
        ),
        "tails": _listed(
            """
            と関係者は話している
            とみられる
            が、理由は明らかにされていない
            と発表した
            """
        ),
    },
}
"""What is written in other languages, `clauses` and `tails` put together as in English."""

EAST_ASIAN_PEOPLE: Mapping[str, tuple[str, str]] = {
    "zh": ("王 李 张 刘 陈 杨 赵 黄 周 吴 林 郭", "伟 芳 娜 敏 静 强 磊 洋 艳 勇 军 杰 志明 晓燕 建国 海涛"),
    "ja": ("佐藤 鈴木 高橋 田中 渡辺 伊藤 小林 中村", "健太 美咲 翔 葵 陽子 大輔 千尋 直樹"),
}
"""Surnames and given names, with blanks between them."""
EAST_ASIAN_PLACES: Mapping[str, tuple[str, ...]] = {
    "zh": ("北京", "上海", "昆明", "广州", "成都", "武汉", "哈尔滨", "仰光", "曼德勒", "河内"),
    "ja": ("東京", "大阪", "札幌", "福岡", "神戸", "長崎", "仙台", "那覇", "金沢", "横浜"),
}
