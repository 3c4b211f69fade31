using Ecart.Numerics;

namespace Ecart.Eval.Calibration;

/// <summary>People who decide alerts, late, not all, and sometimes wrongly; and customers who report fraud that nobody was alerted of. The same event is treated alike in every run of a seed.</summary>
internal sealed class SimulatedAnalysts(ulong seed)
{
    /// <summary>Share of the alerts that somebody decides.</summary>
    public const double DecidedShare = 0.9;

    /// <summary>Share of the decisions that are wrong.</summary>
    public const double MistakenShare = 0.02;

    /// <summary>Mean days to a decision, exponential.</summary>
    public const double MeanDays = 2;

    /// <summary>Share of the missed threats that are reported in the end.</summary>
    public const double ReportedShare = 0.95;

    /// <summary>Days to a report.</summary>
    public const double ReportDays = 7;

    /// <summary>What is said of an event, and after how many days; null: nothing, ever.</summary>
    public (bool IsThreat, TimeSpan After)? Say(string uid, bool isThreat, bool isAlert)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in uid) hash = (hash ^ letter) * 1099511628211;
        var random = new SeededRandom(seed ^ hash);
        (double works, double errs, double waits, double reports) = (random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
        if (isAlert && works < DecidedShare) return (isThreat ^ (errs < MistakenShare), TimeSpan.FromDays(-MeanDays * Math.Log(1 - waits)));
        return isThreat && reports < ReportedShare ? (true, TimeSpan.FromDays(ReportDays)) : null;
    }
}
