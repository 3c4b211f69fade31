namespace Ecart.MariaDb.Reading;

/// <summary>An alert of the transactions domain with what it is about.</summary>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="Severity">Severity, as it is stored.</param>
/// <param name="Score">Score, 0 to 1.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Amount">Amount in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Channel">Channel, as it is stored.</param>
/// <param name="City">City; null when unknown.</param>
/// <param name="Country">Country; null when unknown.</param>
/// <param name="Explanation">JSON: <c>{reason: [{type, score, detail}], features, threshold}</c>.</param>
public sealed record TransactionAlert(
    DateTime OccurredAt,
    string Severity,
    double Score,
    string AccountId,
    decimal Amount,
    string Currency,
    string Channel,
    string? City,
    string? Country,
    string Explanation);
