using System.Text.Json;
using Ecart.MariaDb.Reading;

namespace Ecart.App.Demo;

/// <summary>Picks alerts that show different reasons.</summary>
internal static class AlertSamples
{
    private const int Candidates = 2000;

    /// <summary>The highest alerts whose strongest reasons differ.</summary>
    public static async Task<IReadOnlyList<AlertSample>> ReadAsync(string connectionString, int count, CancellationToken cancellationToken)
    {
        var samples = new List<AlertSample>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (TransactionAlert alert in await new AlertStore(connectionString).ReadHighestAsync(Candidates, cancellationToken).ConfigureAwait(false))
        {
            List<(string Type, double Score, string Detail)> reasons = Reasons(alert.Explanation);
            if (reasons.Count == 0 || !seen.Add(reasons[0].Type)) continue;
            string place = alert.City is null ? "" : $" in {alert.City}, {alert.Country}";
            samples.Add(new AlertSample(
                alert.OccurredAt,
                alert.Severity,
                alert.Score,
                alert.AccountId,
                $"{alert.Amount:N2} {alert.Currency}, {alert.Channel}{place}",
                reasons));
            if (samples.Count == count) break;
        }

        return samples;
    }

    private static List<(string Type, double Score, string Detail)> Reasons(string explanation)
    {
        using JsonDocument document = JsonDocument.Parse(explanation);
        IEnumerable<(string Type, double Score, string Detail)> reasons = document.RootElement.GetProperty("reason").EnumerateArray()
            .Select(reason => (
                reason.GetProperty("type").GetString()!, reason.GetProperty("score").GetDouble(), reason.GetProperty("detail").GetString()!));
        return [.. reasons.OrderByDescending(reason => reason.Item2)];
    }
}
