using Ecart.Domains.Network;
using Ecart.Eval.Metrics;

namespace Ecart.Eval.Network;

/// <summary>The figures of one labelled capture.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Flows">Connections.</param>
/// <param name="Malicious">Malicious ones.</param>
/// <param name="Hours">From the first to the last.</param>
/// <param name="IsYardstick">Whether an inner host attacks and there is a day to learn from.</param>
/// <param name="Auc">Area under the ROC curve; NaN where one kind is missing.</param>
/// <param name="Ap">Average precision.</param>
/// <param name="Alerts">Alerts.</param>
/// <param name="TrueAlerts">Those on malicious connections.</param>
/// <param name="HostDays">Days of hosts without a malicious connection of their own.</param>
/// <param name="WorstHostDay">Most alerts on one of them.</param>
/// <param name="WorstHost">Which host that was; null for none.</param>
internal sealed record ZeekFigures(
    string Name, int Flows, int Malicious, double Hours, bool IsYardstick, double Auc, double Ap, int Alerts, int TrueAlerts, int HostDays, int WorstHostDay, string? WorstHost)
{
    private const double LeastHours = 24;

    public static ZeekFigures Of(NetworkCapture capture, IReadOnlyList<ScoredFlow> scored)
    {
        List<ScoredFlow> labelled = [.. scored.Where(static flow => flow.IsMalicious is not null && !double.IsNaN(flow.RankScore))];
        ScoredLabel[] labels = [.. labelled.Select(static flow => new ScoredLabel(flow.RankScore, flow.IsMalicious == true))];
        int malicious = labels.Count(static label => label.IsPositive);
        bool hasBoth = malicious > 0 && malicious < labels.Length;
        double hours = scored.Count == 0 ? 0 : (scored[^1].Flow.OccurredAt - scored[0].Flow.OccurredAt).TotalHours;
        bool isInside = labelled.Count(static flow => flow.IsMalicious == true && flow.Flow.SourceScope == AddressScope.Internal) > malicious / 2;
        var hostDays = scored.GroupBy(static flow => (flow.Flow.SourceAddress, flow.Flow.OccurredAt.Date))
            .Where(static day => day.All(static flow => flow.IsMalicious != true))
            .Select(static day => (day.Key.SourceAddress, Alerts: day.Count(static flow => flow.IsAlert)))
            .ToList();
        (string? worst, int alerts) = hostDays.Count == 0 ? (null, 0) : hostDays.MaxBy(static day => day.Alerts);
        return new ZeekFigures(
            capture.Name,
            scored.Count,
            malicious,
            hours,
            hasBoth && isInside && hours >= LeastHours,
            hasBoth ? RankingMetrics.RocAuc(labels) : double.NaN,
            hasBoth ? RankingMetrics.AveragePrecision(labels) : double.NaN,
            scored.Count(static flow => flow.IsAlert),
            scored.Count(static flow => flow.IsAlert && flow.IsMalicious == true),
            hostDays.Count,
            alerts,
            alerts == 0 ? null : worst);
    }
}
