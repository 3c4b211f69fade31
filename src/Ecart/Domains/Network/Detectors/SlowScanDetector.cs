using Ecart.Detection;
using Ecart.Scoring;

namespace Ecart.Domains.Network.Detectors;

/// <summary>Many distinct targets that failed over the day.</summary>
internal sealed class SlowScanDetector : IEventDetector<NetworkContext>
{
    /// <inheritdoc/>
    public void Evaluate(in NetworkContext context, Verdict verdict)
    {
        if (!IsSlowScan(in context)) return;
        verdict.Add(new(EvidenceCode.SlowScan, 0, context.FailedInDay, double.NaN, context.Options.SlowScan.Targets, context.FailedShareInDay, null));
    }

    /// <summary>Whether the event is one of the failures, of so many.</summary>
    public static bool IsSlowScan(in NetworkContext context)
    {
        SlowScanOptions options = context.Options.SlowScan;
        return context.FailedInDay > options.Targets && context.FailedShareInDay >= options.MinimumFailedShare;
    }

    /// <summary>Whether it is told of; the next ones are not, for half a day by default.</summary>
    public static bool IsTold(in NetworkContext context) => IsSlowScan(in context) && !context.IsSlowScanAnnounced;
}
