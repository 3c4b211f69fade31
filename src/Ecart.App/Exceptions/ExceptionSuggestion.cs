using Ecart.MariaDb.Exceptions;

namespace Ecart.App.Exceptions;

/// <summary>The exceptions that an alert suggests.</summary>
/// <param name="Wish">Its behaviour, of its entity: the narrowest.</param>
/// <param name="Subject">Its event.</param>
/// <param name="Figures">Distances by which the radius is proposed.</param>
internal sealed record ExceptionSuggestion(ExceptionWish Wish, ExceptionSubject Subject, RadiusFigures Figures);
