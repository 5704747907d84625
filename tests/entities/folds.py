"""Scores on every annotated article outside the development set, each by weights that never saw it: `python -m tests.entities.folds`.

Learns five times from the open texts and four fifths of the annotated news (needs `pip install numpy`; some two minutes), and scores the
fifth that was left out. Six times the development set, so that small changes can be told from luck.
"""

from __future__ import annotations

from reader.entities.mentions import NewsRecogniser
from reader.entities.tagger import Tagger
from tests.entities.learning import Settings
from tests.entities.material import news_texts, open_texts, wikinews
from tests.entities.scoring import article_of, prediction, scores, show
from tests.entities.train import weights_of

_FOLDS = 5


def main() -> None:
    texts, news, articles = open_texts(), news_texts(), wikinews()
    predictions = {}
    for fold in range(_FOLDS):
        left_out = {text.id for text in news if int(text.id.removeprefix("wn")) % _FOLDS == fold}
        learned_from = [*texts, *(text for text in news if text.id not in left_out)]
        recogniser = NewsRecogniser(Tagger(weights_of(learned_from, Settings())))
        predictions.update({article_id: prediction(recogniser, article_of(articles[article_id])) for article_id in left_out})
    show(scores(predictions))


if __name__ == "__main__":
    main()
