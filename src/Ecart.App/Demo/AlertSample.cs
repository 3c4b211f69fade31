namespace Ecart.App.Demo;

/// <summary>An alert as people read it.</summary>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="Severity">Severity.</param>
/// <param name="Score">Score, 0 to 1.</param>
/// <param name="AccountId">The account.</param>
/// <param name="What">The transaction in a few words.</param>
/// <param name="Reasons">What each detector says, with what it adds to the score.</param>
internal sealed record AlertSample(
    DateTime OccurredAt, string Severity, double Score, string AccountId, string What, IReadOnlyList<(string Type, double Score, string Detail)> Reasons);
