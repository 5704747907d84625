"""Words that tell what a name is: titles, heads of organisations and places, particles, demonyms.

Written by hand, lower case. Nothing here is derived from a library; lists that are live in `data/`.
"""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


TITLES = words_of("""
    mr mrs ms miss dr prof professor sir dame lord lady president premier chancellor king queen prince princess sultan emperor
    empress pope cardinal archbishop bishop rev reverend imam sheikh sheik ayatollah general gen major maj lieutenant lt colonel
    col brigadier brig captain capt cap commander cmdr admiral sgt sergeant corporal cpl officer constable justice judge senator
    sen rep representative congressman congresswoman governor gov mayor ambassador secretary minister attorney chairman
    chairwoman chairperson chief ceo cfo coach manager detective inspector superintendent marshal sheriff deputy vice acting
    former ex interim junta spokesman spokeswoman spokesperson lawmaker activist analyst director councillor councilor
    commissioner envoy speaker sayadaw saw u daw ko ma datuk dato datin seri tan sri tun haji hajji hajj khun phra luang than pol acm gp
    field warrant private petty wing squadron group air dictator strongman warlord tycoon mp mla st saint shri
    smt begum maulana mullah maharaja swami chairwoman headmaster principal sister brother father mother uncle aunt
    singer actor actress author lawyer footballer striker midfielder goalkeeper defender president-elect co-founder founder
    economist historian scientist journalist reporter photographer professor-emeritus warden ombudsman premier-designate
""")
"""Words that stand before a person's name and are no part of it."""

HONORIFICS = words_of("""
    mr mrs ms miss dr prof professor sir dame lord lady u daw ko datuk dato datin tun khun haji president premier senator sen gen
    gov capt sgt col lt lieutenant justice judge mayor governor chancellor ambassador rep congressman congresswoman secretary
    minister general colonel captain king queen prince princess pope bishop archbishop cardinal sheikh
""")
"""The titles after which a person's name is all but certain."""

TITLE_LINKS = words_of("""
    of and for the senior junior first second deputy vice prime foreign defence defense interior home finance health state chief
    executive opposition party assistant associate chief national attorney military army navy police supreme commander-in-chief
    trade justice education labour labor energy environment transport economy culture
""")
"""Words that may stand inside a title but never make one alone."""

RANK_STARTS = words_of("""
    senior junior deputy vice acting former prime foreign defence defense interior home finance health chief first second police pol
    army junta opposition trade justice assistant associate assoc
""")

ORG_HEADS = words_of("""
    ministry party bank army police university college school institute institution agency council committee commission corporation
    corp company co inc ltd plc llc group holdings union association federation organisation organization department bureau court
    parliament senate congress assembly authority board club fc league alliance front movement force forces guard guards navy
    administration office society foundation trust fund network news times post herald tribune journal gazette daily television tv
    radio airlines airways motors industries enterprises partners capital securities insurance media press studios records pictures
    hospital church team united city rovers athletic orchestra band coalition brigade regiment battalion division command service
    services centre center laboratory laboratories academy chamber exchange secretariat tribunal directorate inspectorate
    consortium cooperative syndicate cartel militia taliban hezbollah newspaper magazine broadcasting entertainment software
    technologies technology systems solutions energy petroleum oil gas electric pharmaceuticals airlines telecom communications
    bhd sdn pty gmbh ag sa spa nv ab oy as kk pte sarl ooo
""")
"""Last words of a name by which it is an organisation, or nearly always."""

COMPANY_ENDS = words_of("""
    corporation corp company co inc ltd plc llc llp group holdings party industries enterprises partners studios airlines airways
    bhd sdn pty gmbh ag sa spa nv ab oy as kk pte sarl ooo
""")
"""What may be left off the end of a name: without them it still is the same body."""

SURE_ORG_HEADS = words_of("""
    ministry party bank university institute agency council committee commission corporation corp inc ltd plc llc association
    federation organisation organization department bureau authority foundation airlines airways college coalition society
    union bar army navy police senate bhd sdn gmbh secretariat tribunal consortium militia academy
""")
"""The few that decide alone."""

PLACE_HEADS = words_of("""
    river mountain mountains mount mt lake sea ocean bay gulf strait island islands isle isles peninsula valley desert forest
    province state county district region territory prefecture governorate oblast republic kingdom city town township village
    street road avenue boulevard highway square park bridge airport station port harbour harbor beach cape canyon coast creek
    falls hill hills glacier plateau basin delta canal border zone airport stadium arena tower palace cathedral temple mosque
    monastery castle prison square plaza north south east west northern southern eastern western central
""")

SURE_PLACE_HEADS = words_of("empire province prefecture peninsula islands river mountains strait ocean desert governorate oblast")
"""The few that decide alone."""

ORG_OPENERS = words_of("""
    bank university ministry department institute college embassy bureau office church academy federation association board council
    committee commission court archdiocese diocese
""")
"""Before *of* these open the name of a body: *Bank of America*."""

SURE_ORG_OPENERS = words_of("ministry university bank department")
"""First words that decide alone."""

DIRECTIONS = words_of("""
    north south east west northern southern eastern western central upper lower northeast northwest southeast southwest northeastern
    northwestern southeastern southwestern mid greater inner outer
""")

GENERIC = words_of("""
    bill bills act acts parliament committee committees commission court courts constitution state states chamber chambers government
    ministry ministries minister ministers board council reading republic kingdom union army police college school
    hospital church bank company group party parties embassy member members section chapter article annex appendix budget
    department office agency bureau authority centre center association institute foundation federal national royal central supreme
    general chief deputy law laws order report commonwealth crown coroner internet web god mosque temple province district city county
""")
"""Common nouns that some papers write large: alone they name nothing, unless a person of the article is called so."""

HALVES = words_of("assembly league council tribunal cabinet secretariat directorate") | {
    f"{sort} {body}"
    for sort in words_of("select steering advisory working joint standing review organising organizing")
    for body in words_of("committee group panel council")
}
"""What is no name but where the article has the whole one: *Assembly* of *National Assembly*."""

NO_NAME_HEADS = words_of("""
    act acts bill bills convention charter treaty agreement accord accords war wars games cup prize prizes award awards festival
    championship championships olympics election elections referendum crisis pandemic virus amendment protocol rules code constitution
    revolution uprising massacre genocide holocaust ordinance directive regulation regulations resolution declaration pact plan
    law laws speech speeches paper papers procedure battle siege
""")
"""Last words of laws, events and prizes, which are no people, bodies or places."""

LAWS = words_of("act acts bill bills convention treaty ordinance")
"""The few that a name of whatever opening is no body or place with: *Supreme Court of Justice Act*."""

BODY_NOUNS = words_of("""
    television tv radio newspaper channel broadcaster party airline militia rebels fighters troops lawmakers guerrillas insurgents
""")
"""What stands behind an acronym that names a body: `MRTV television`, `the NLD party`."""

AFTER_BODIES = words_of("and or said says has have had was were is are will would also in on at to for from by announced agreed met called")
"""What may follow an acronym that is no part of a longer noun."""

PLAIN_ACRONYMS = words_of("""
    r&d q&a m&a a&e ip ict it ai cv faq pdf gdp gst vat tv dvd cctv gps hiv aids dna rna sars mers covid adhd ptsd ngo ngos sme smes mp mps
    mep meps ceo cfo coo cto agm kpi kpis adr usd sgd eur gbp am pm id ids atm sim sms url lgbt lgbtq lgbtqi ied ieds icu ppe pcr vip vips
    api apis ux ui http https json xml css html urls sql ssl tls csv readme rss seo sdk gdpr
    dj suv suvs ufo ufos phd mba mou mous moa nda eez cpi ppp roi fdi esg fta ftas cbd gmt utc bst est
""")
"""Abbreviations of common nouns."""

POSTNOMINALS = words_of("sc s.c qc q.c kc k.c mp m.p cbe obe mbe phd ph.d md m.d esq mep msp")

MONTHS = words_of("""
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct
    nov dec
""")
DAYS = words_of("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun")

PARTICLES = words_of("""
    de la le du des del della di da dos das do van der den ter von zu zur bin ibn bint al el ul ur as ash ben abu e y san st ap ag
    af ait ould dal dalla lo
""")
"""Lower-case words that join, or open, personal and place names."""

CONNECTORS = PARTICLES | words_of("of the and for upon am à & ' ’ 's ’s .")
"""What may stand between two capitalised words of one name."""
BODY_CONNECTORS = words_of("on to in against without")
"""What may stand inside a name behind one of these: *Committee to Protect Journalists*."""
CONNECTED_HEADS = words_of("""
    committee council commission office centre center campaign organisation organization union society association federation front
    movement fund bureau alliance coalition network group institute board department ministry league army foundation
""")
GLUE = words_of("- – /")
"""What joins them only where no space is left."""

SPEECH = words_of("""
    said says told added tweeted wrote announced stated argued explained claimed warned asked denied confirmed declared noted
    replied reported insisted believes thinks called urged vowed pledged resigned met visited born died
""")
"""Verbs whose subject is usually a person."""

ABBREVIATIONS = words_of("""
    mr mrs ms dr prof gen col lt capt cap maj sgt cpl brig cmdr adm sen rep gov rev hon st mt ft jr sr vs no inc ltd corp co bros
    dept univ jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun pol etc approx est vol op cit al sq ave
    blvd rd
""")
"""After these a full stop ends no sentence."""

SENTENCE_OPENERS = words_of("""
    the a an this that these those it its he she they we you i his her their our my your there here in on at by for from with
    without after before during since while when where who what why how which if although though because as until unless and but
    or nor so yet however meanwhile moreover furthermore also then thus hence instead according both all some many most several
    few each every any no not one two three four five six seven eight nine ten first second third last next another other more
    less only just even still once now today yesterday tomorrow earlier later recently currently previously finally additionally
    about over under between among against into through despite following per to of is are was were be been has have had do does
    did will would can could should may might must let get make made such than too very well up out off down yes please thanks
    meanwhile nevertheless nonetheless therefore indeed perhaps maybe officials police authorities people government soldiers
    experts scientists researchers protesters residents witnesses critics analysts reports
""")

BURMESE_SYLLABLES = words_of("""
    aung win thein htun tun hlaing kyaw kyi maung myint nyein nyo oo phyo san sein shwe soe swe than thant thaw thida thiha tin
    wai yin zaw zin zay hla htay khin khaing lwin mya mon myo naing ngwe nay nwe pyae pyone su suu thu thuzar toe tint wunna ye zarni
    min moe mi saw naw nang sai hkun khun mahn ba thet
""")
ASIAN_SYLLABLES = BURMESE_SYLLABLES | words_of("""
    wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang deng han feng cao
    peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao xi keqiang jinping qiang wenbin hua yi
    xiaoping jintao jiabao zedong enlai mao ning xue jun hong ming hao bo tao jie lei yong
    kim lee park choi jung kang cho yoon jang lim shin seo kwon hwang ahn yoo hong jeon moon jae jong un sung hyun min ji young
    soo woo seok yong geun hye nguyen tran le pham phan vu dang bui ngo duong ly van thi phuc trong phu minh xuan quang
    sok hun sen manet samdech heng chea som ros chan meas sar saloth ieng samphan rith phal vanna veasna
    somchai somsak prayut prayuth prawit thaksin yingluck thamanat srettha paetongtarn anutin abhisit suthep pita thanathorn chuan
    surayud sondhi chalerm wissanu don charoen apirat narongpan chatchai
    mahathir anwar najib muhyiddin ismail zahid hishammuddin rosmah azmin rafizi guan eng siew abdullah ahmad mohd mohamad muhammad
    mohamed mohammad bin binti nur siti joko widodo prabowo megawati susilo jokowi sukarno suharto
""")
"""Syllables of Burmese, Chinese, Korean, Vietnamese, Khmer, Thai and Malay personal names, which no Western list holds."""

DEMONYMS: dict[str, str] = dict(
    pair.split("=")
    for pair in """
    afghan=Afghanistan|afghans=Afghanistan|albanian=Albania|algerian=Algeria|american=United States|americans=United States|
    andorran=Andorra|angolan=Angola|argentine=Argentina|argentinian=Argentina|armenian=Armenia|australian=Australia|austrian=Austria|
    azerbaijani=Azerbaijan|azeri=Azerbaijan|bahamian=Bahamas|bahraini=Bahrain|bangladeshi=Bangladesh|barbadian=Barbados|
    belarusian=Belarus|belgian=Belgium|belizean=Belize|beninese=Benin|bhutanese=Bhutan|bolivian=Bolivia|bosnian=Bosnia & Herzegovina|
    brazilian=Brazil|british=United Kingdom|briton=United Kingdom|britons=United Kingdom|bruneian=Brunei|bulgarian=Bulgaria|
    burkinabe=Burkina Faso|burmese=Myanmar|burundian=Burundi|cambodian=Cambodia|khmer=Cambodia|cameroonian=Cameroon|
    canadian=Canada|chadian=Chad|chilean=Chile|chinese=China|colombian=Colombia|comorian=Comoros|congolese=Congo - Kinshasa|
    costa rican=Costa Rica|croatian=Croatia|cuban=Cuba|cypriot=Cyprus|czech=Czechia|danish=Denmark|dane=Denmark|danes=Denmark|
    djiboutian=Djibouti|dominican=Dominican Republic|dutch=Netherlands|ecuadorian=Ecuador|egyptian=Egypt|emirati=United Arab Emirates|
    english=United Kingdom|eritrean=Eritrea|estonian=Estonia|ethiopian=Ethiopia|fijian=Fiji|filipino=Philippines|filipina=Philippines|
    philippine=Philippines|finnish=Finland|finn=Finland|finns=Finland|french=France|gabonese=Gabon|gambian=Gambia|georgian=Georgia|
    german=Germany|ghanaian=Ghana|greek=Greece|grenadian=Grenada|guatemalan=Guatemala|guinean=Guinea|guyanese=Guyana|haitian=Haiti|
    honduran=Honduras|hungarian=Hungary|icelandic=Iceland|icelander=Iceland|indian=India|indonesian=Indonesia|iranian=Iran|
    iraqi=Iraq|irish=Ireland|israeli=Israel|italian=Italy|ivorian=Côte d’Ivoire|jamaican=Jamaica|japanese=Japan|jordanian=Jordan|
    kazakh=Kazakhstan|kazakhstani=Kazakhstan|kenyan=Kenya|kosovar=Kosovo|kuwaiti=Kuwait|kyrgyz=Kyrgyzstan|lao=Laos|laotian=Laos|
    latvian=Latvia|lebanese=Lebanon|liberian=Liberia|libyan=Libya|liechtensteiner=Liechtenstein|lithuanian=Lithuania|
    luxembourgish=Luxembourg|macedonian=North Macedonia|malagasy=Madagascar|malawian=Malawi|malaysian=Malaysia|maldivian=Maldives|
    malian=Mali|maltese=Malta|mauritanian=Mauritania|mauritian=Mauritius|mexican=Mexico|moldovan=Moldova|monegasque=Monaco|
    mongolian=Mongolia|montenegrin=Montenegro|moroccan=Morocco|mozambican=Mozambique|namibian=Namibia|nepalese=Nepal|nepali=Nepal|
    new zealander=New Zealand|kiwi=New Zealand|nicaraguan=Nicaragua|nigerian=Nigeria|nigerien=Niger|north korean=North Korea|
    norwegian=Norway|omani=Oman|pakistani=Pakistan|palestinian=Palestinian Territories|panamanian=Panama|papuan=Papua New Guinea|
    paraguayan=Paraguay|peruvian=Peru|polish=Poland|pole=Poland|poles=Poland|portuguese=Portugal|puerto rican=Puerto Rico|
    qatari=Qatar|romanian=Romania|russian=Russia|rwandan=Rwanda|salvadoran=El Salvador|samoan=Samoa|saudi=Saudi Arabia|
    scottish=United Kingdom|senegalese=Senegal|serbian=Serbia|serb=Serbia|serbs=Serbia|sierra leonean=Sierra Leone|
    singaporean=Singapore|slovak=Slovakia|slovakian=Slovakia|slovene=Slovenia|slovenian=Slovenia|somali=Somalia|
    south african=South Africa|south korean=South Korea|south sudanese=South Sudan|spanish=Spain|spaniard=Spain|spaniards=Spain|
    sri lankan=Sri Lanka|sudanese=Sudan|surinamese=Suriname|swazi=Eswatini|swedish=Sweden|swede=Sweden|swedes=Sweden|
    swiss=Switzerland|syrian=Syria|taiwanese=Taiwan|tajik=Tajikistan|tanzanian=Tanzania|thai=Thailand|thais=Thailand|
    timorese=Timor-Leste|togolese=Togo|tongan=Tonga|trinidadian=Trinidad & Tobago|tunisian=Tunisia|turk=Turkey|turks=Turkey|
    turkish=Turkey|turkmen=Turkmenistan|ugandan=Uganda|ukrainian=Ukraine|uruguayan=Uruguay|uzbek=Uzbekistan|uzbekistani=Uzbekistan|
    venezuelan=Venezuela|vietnamese=Vietnam|welsh=United Kingdom|yemeni=Yemen|zambian=Zambia|zimbabwean=Zimbabwe
    """.replace("\n", "")
    .replace("    ", "")
    .strip()
    .split("|")
)
"""Demonym → the country's name in `lexicon`. Plurals in -s are handled there."""

PEOPLES = words_of("""
    arab arabs asian asians african africans european europeans latin western westerners muslim muslims islamic christian christians
    catholic catholics protestant jewish jews jew hindu hindus buddhist buddhists sikh sikhs sunni shia shiite kurdish kurds rohingya
    uyghur uyghurs uighur tibetan tibetans democrat democrats democratic republican republicans conservative conservatives tory
    tories liberal liberals labour communist communists nazi nazis soviet scandinavian balkan slavic roma hispanic latino latinos
    anglo indigenous aboriginal maori inuit native basque catalan chechen tatar cossack persian bengali punjabi tamil kashmiri
    balinese javanese hutu tutsi yazidi alawite marxist maoist zionist islamist anglican orthodox evangelical mormon olympic
    mediterranean baltic nordic caribbean pacific atlantic arctic antarctic internet english-speaking covid coronavirus
    karen shan kachin chin rakhine mon bamar hmong han
""")
"""Peoples, creeds and outlooks: adjectives that the news capitalises and nobody filters by."""
