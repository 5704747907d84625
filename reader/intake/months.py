"""Names of months, full and short, in the languages of the archives met so far."""

from __future__ import annotations

_NAMES = (
    "january jan januar jänner januari janvier janv enero ene gennaio gen janeiro styczeń stycznia leden ledna січня январь января янв",
    "february feb februar februari février févr fev fevereiro febrero febbraio luty lutego únor února febr лютого февраль февраля фев",
    "march mar märz mrz maart mars marzo março marec březen března marzec marca березня март марта мар",
    "april apr avril avr abril abr aprile kwiecień kwietnia duben dubna квітня апрель апреля апр",
    "may mai mei mayo maggio mag maio maj maja květen května травня май мая",
    "june jun juni juin junio giugno giu junho czerwiec czerwca červen června червня июнь июня июн",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca červenec července липня июль июля июл",
    "august aug augustus août aout agosto ago sierpień sierpnia srpen srpna серпня август августа авг",
    "september sep sept septembre septiembre settembre set setembro wrzesień września září вересня сентябрь сентября сен",
    "october oct oktober okt octobre octubre ottobre ott outubro out październik października říjen října жовтня октябрь октября окт",
    "november nov novembre noviembre novembro listopada листопада ноябрь ноября ноя",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia prosinec prosince грудня декабрь декабря дек",
)

MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""Case-folded name to number. `listopad`, November in Polish and October in Croatian, is left out."""
