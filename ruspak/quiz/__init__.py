"""Questions: `quiz("history-31")` asks a question, `progress()` shows what was answered."""

from ruspak.quiz.progress import progress
from ruspak.quiz.widget import quiz

__all__ = ["progress", "quiz"]
