"""A complete dossier, typed by hand: what the papers are tested on."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D

from pipeline.document import Location, Source
from pipeline.dossier import Act, ActKind, Answer, Dossier, Receipt, Row, State
from pipeline.values import FieldType

ANALYSIS = (
    "De wijk telt 6.412 inwoners. De werkzaamheidsgraad ligt met 54,2 procent ruim elf procentpunten onder het"
    " gemiddelde van de stad, en bijna één woning op de vijf heeft gebreken.\n\nBewoners vertellen dat zij de weg naar"
    " hulp niet vinden en dat de pleinen 's avonds onveilig aanvoelen."
)
ANSWERS = {
    "gemeente": "Gent",
    "nis_code": "44021",
    "ondernemingsnummer": "0207451227",
    "adres": "Botermarkt 1, 9000 Gent",
    "iban": "BE68539007547034",
    "contact_voornaam": "Leen",
    "contact_familienaam": "De Smet",
    "contact_functie": "programmaregisseur",
    "contact_telefoon": "09 266 00 00",
    "contact_email": "leen.desmet@example.org",
    "politiek_voornaam": "Karim",
    "politiek_familienaam": "Peeters",
    "politiek_functie": "schepen",
    "politiek_telefoon": "09 266 00 01",
    "politiek_email": "karim.peeters@example.org",
    "titel": "Muide beweegt: samen wonen, leren en werken",
    "samenvatting": "Met dit voorstel pakken we in de Muide drie problemen samen aan: werk, wonen en samenleven.\n\n"
    "Een team van twee buurtregisseurs werkt vanuit een huis in de wijk.",
    "startdatum": dt.date(2022, 1, 1),
    "einddatum": dt.date(2025, 12, 31),
    "gevraagde_subsidie": D(800000),
    "wijk_naam": "Muide-Meulestede",
    "gebied": "Het gebied tussen het Handelsdok, de Muidebrug en de Wiedauwkaai.",
    "grond_afbakening": ("historisch", "kenmerken"),
    "motivering_afbakening": "De wijk is sinds de negentiende eeuw een havenbuurt met een eigen karakter.",
    "kwetsbaarheidsindicatoren": [
        {
            "indicator": "Werkzaamheidsgraad",
            "waarde": "54,2",
            "vergelijking": "65,8",
            "eenheid": "procent",
            "jaar": 2019,
        }
    ],
    "kwantitatieve_analyse": ANALYSIS,
    "kwalitatieve_analyse": ANALYSIS,
    "problematieken": [
        {
            "id": "P1",
            "titel": "Weinig mensen hebben werk",
            "domein": "economie",
            "omschrijving": "Veel jongeren verlaten de school zonder diploma.",
            "impact": "Gezinnen leven van een laag inkomen.",
            "cijfers": "54,2 procent werkt.",
            "overstijgt": True,
            "overstijgt_waarom": "De bemiddeling is Vlaams.",
        },
        {
            "id": "P2",
            "titel": "Slechte woningen",
            "domein": "wonen",
            "omschrijving": "Huurwoningen zijn vochtig.",
            "impact": "Kinderen worden er ziek van.",
            "cijfers": "18 procent heeft gebreken.",
            "overstijgt": False,
        },
    ],
    "verwevenheid": "Wie slecht woont, is vaker ziek en vindt moeilijker werk.",
    "kwetsbare_groepen": [{"groep": "Jongeren zonder diploma", "omvang": "312", "bron": "Stad Gent"}],
    "acties": [
        {
            "id": "A1",
            "titel": "Buurtregisseurs in de wijk",
            "omschrijving": "Twee buurtregisseurs leiden bewoners toe naar werk en opleiding.",
            "aard": "zacht",
            "problematieken": "P1",
            "doelgroep": "jongeren zonder diploma",
            "trekker": "stad Gent",
            "partners": "vzw Kompas",
            "instrumenten": ("capaciteit", "samenwerking"),
            "start": dt.date(2022, 1, 1),
            "einde": dt.date(2025, 12, 31),
            "resultaat": "200 toeleidingen per jaar",
            "kost": D(700000),
            "subsidie": D(640000),
            "eigen": D(60000),
        },
        {
            "id": "A2",
            "titel": "Wijkpunt in de oude school",
            "omschrijving": "We maken de benedenverdieping van de school geschikt als ontmoetingsplek.",
            "aard": "hard",
            "problematieken": "P2",
            "doelgroep": "alle bewoners",
            "trekker": "stad Gent",
            "instrumenten": ("infrastructuur",),
            "start": dt.date(2022, 3, 1),
            "einde": dt.date(2023, 12, 31),
            "resultaat": "een open wijkpunt",
            "kost": D(300000),
            "subsidie": D(160000),
            "eigen": D(140000),
        },
    ],
    "maatwerk": "Elke actie beantwoordt een probleem uit de analyse.",
    "experimenteerruimte": "Het wijkpunt krijgt een eigen budget.",
    "geintegreerde_aanpak": "De regisseurs verbinden wonen en werk.",
    "regelluwe_zone": False,
    "stakeholders": [
        {
            "naam": "vzw Kompas",
            "type": "middenveld",
            "kbo": "0417497106",
            "rol": "Partner in de toeleiding",
            "uitvoerend": True,
            "engagement": "Kompas zet een halftijdse begeleider in en opent zijn lokaal op woensdag.",
            "status": "toegezegd",
            "bijdrage": "natura",
            "bijdrage_bedrag": D(20000),
            "vertegenwoordiger": "Els Janssens",
            "vertegenwoordiger_functie": "voorzitter",
        },
        {
            "naam": "Bewonersgroep De Brug",
            "type": "bewoners",
            "rol": "Stem van de bewoners",
            "engagement": "De groep organiseert vier keer per jaar een buurtgesprek.",
            "status": "gewenst",
            "bijdrage": "geen",
            "vertegenwoordiger": "Fatima Amrani",
        },
    ],
    "draagvlak": "Bewoners kozen de acties op drie avonden.",
    "uitvoerende_partners": "De partners zitten in het kernteam.",
    "risicos_aanwezig": False,
    "geen_risicos_motivering": "De partners werken al samen.",
    "mijlpalen": [
        {"mijlpaal": "Opening van het wijkpunt", "actie": "A2", "datum": dt.date(2023, 6, 1), "resultaat": "open"},
        {"mijlpaal": "Start van de buurtregisseurs", "datum": dt.date(2022, 2, 1)},
    ],
    "indicatoren": [
        {
            "indicator": "Toeleidingen",
            "nulmeting": "0",
            "streefwaarde": "800",
            "meetmoment": "jaarlijks",
            "bron": "stad",
        }
    ],
    "monitoring": "We meten elk jaar.",
    "evaluatie": "Een onderzoeker evalueert in 2023 en 2025.",
    "kennisdeling_engagement": True,
    "kennisdeling_strategie": "We delen elk jaar een verslag met andere steden.",
    "begroting": [
        {"actie": "A1", "jaar": 2022, "kostensoort": "personeel", "bedrag": D(400000), "subsidie": D(400000)},
        {"actie": "A1", "jaar": 2023, "kostensoort": "personeel", "bedrag": D(300000), "subsidie": D(240000)},
        {
            "actie": "A2",
            "jaar": 2022,
            "kostensoort": "infrastructuur",
            "bedrag": D("300000.00"),
            "subsidie": D(160000),
        },
    ],
    "financieringsbronnen": [
        {"bron": "Subsidie wijkverbeteringscontract", "type": "subsidie", "bedrag": D(800000), "status": "aangevraagd"},
        {"bron": "Stad Gent", "type": "eigen", "bedrag": D(200000), "status": "verworven"},
    ],
    "eigen_inbreng_vlaams": False,
    "andere_subsidies_aanwezig": False,
    "waarom_niet_elders": "Er is geen ander kanaal voor deze combinatie.",
    "verklaring_geen_dubbele_subsidie": True,
    "btw_regime": "inclusief",
    "validaties": [
        {
            "orgaan": "college",
            "datum": dt.date(2021, 7, 8),
            "besluitnummer": "2021_CBS_01234",
            "aard": "goedkeuring",
            "bijlage": "besluit.pdf",
        }
    ],
    "verklaring_gedragen_engagement": True,
    "ondertekenaars": [
        {"naam": "Mia Van den Berghe", "functie": "burgemeester"},
        {"naam": "Tom Claes", "functie": "algemeen directeur"},
    ],
    "naar_waarheid": True,
}

MEETING = {
    "dossiernummer": "WVC-2021-0001",
    "datum": dt.date(2022, 3, 15),
    "uur": "14.00–16.00 uur",
    "plaats": "stadhuis, Botermarkt 1, 9000 Gent",
    "voorzitter": "Mia Van den Berghe",
    "verslaggever": "Leen De Smet",
    "leden": [
        {
            "naam": "Mia Van den Berghe",
            "functie": "burgemeester",
            "organisatie": "stad Gent",
            "vertegenwoordigt": "lokaal_bestuur",
            "aanwezigheid": "aanwezig",
        },
        {
            "naam": "An Willems",
            "functie": "adviseur",
            "organisatie": "Vlaamse overheid",
            "vertegenwoordigt": "administratie",
            "aanwezigheid": "verontschuldigd",
        },
    ],
    "agendapunten": [
        {"titel": "Goedkeuring van het vorige verslag", "bespreking": "Er zijn geen opmerkingen."},
        {
            "titel": "Stand van zaken van de acties",
            "bespreking": "De regisseurs zijn gestart.\n\nHet wijkpunt loopt een maand achter.",
            "beslist": True,
            "besluit": "De stuurgroep stelt de opening uit tot 1 juli 2023.",
        },
        {"titel": "Varia", "bespreking": "Geen.", "beslist": True, "besluit": "De volgende vergadering is in de wijk."},
    ],
    "actiepunten": [
        {
            "actie": "Planning van het wijkpunt aanpassen",
            "wie": "Leen De Smet",
            "tegen": dt.date(2022, 4, 1),
            "status": "open",
        }
    ],
    "besteed": D(120000),
    "saldo": D(680000),
    "goedgekeurd": True,
    "goedgekeurd_op": dt.date(2022, 6, 14),
}


def answer(field, value, place=None):
    """One given answer of a field or column."""
    if field.type is FieldType.TABLE:
        rows = tuple(
            Row(
                number,
                {column.key: answer(column, row.get(column.key)) for column in field.columns},
            )
            for number, row in enumerate(value or (), start=1)
        )
        return Answer(field.key, State.GIVEN if rows else State.EMPTY, rows=rows, location=place)
    if value is None:
        return Answer(field.key, State.EMPTY, location=place)
    return Answer(field.key, State.GIVEN, text=str(value), value=value, location=place)


def dossier(call, answers=None, *, form="aanvraag", number="WVC-2021-0001", acts=(), **changed):
    """A dossier with every answer of `ANSWERS`, some changed; `None` leaves a question open."""
    values = (dict(ANSWERS) if form == "aanvraag" else dict(MEETING)) if answers is None else dict(answers)
    values.update(changed)
    made = {}
    for place, field in enumerate(call.forms[form].fields(), start=1):
        location = Location("aanvraag.docx", call.forms[form].section_of(field.key).heading, table=place, row=1)
        made[field.key] = answer(field, values.get(field.key), location)
    return Dossier(
        number,
        call.key,
        form,
        receipt=Receipt(dt.datetime(2021, 7, 15, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=2)))),
        source=Source("aanvraag.docx", "0" * 64, "application/docx"),
        answers=made,
        acts=acts,
    )


DECISION = Act(ActKind.DECIDE, value="800000.00", on=dt.date(2021, 12, 17), reference="VR 2021 1712 DOC.1")


def decided(made, granted="800000.00"):
    """The same dossier, decided."""
    return replace(made, acts=(*made.acts, replace(DECISION, value=granted)))
