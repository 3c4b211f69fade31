using Ecart.Events;
using Ecart.MariaDb.Reading;

namespace Ecart.App.Serve.Http;

/// <summary>What became of a posted item.</summary>
/// <param name="Kind">Which of the ends.</param>
/// <param name="Verdict">The verdict of a stored event.</param>
/// <param name="Rejection">Why it was rejected.</param>
internal sealed record PostedOutcome(PostedOutcomeKind Kind, StoredVerdict? Verdict = null, RejectedRecord? Rejection = null);
