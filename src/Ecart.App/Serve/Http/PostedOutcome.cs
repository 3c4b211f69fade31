using Ecart.Events;
using Ecart.MariaDb.Reading;

namespace Ecart.App.Serve.Http;

/// <summary>What became of a posted item.</summary>
/// <param name="Kind">Which of the ends.</param>
/// <param name="Verdict">The verdict of a stored event.</param>
/// <param name="Rejection">Why it was rejected.</param>
internal readonly record struct PostedOutcome(PostedOutcomeKind Kind, StoredVerdict? Verdict, RejectedRecord? Rejection);
