using Ecart.Calibration;

namespace Ecart.Eval.Calibration;

/// <summary>What applying a proposal did to the month that followed.</summary>
/// <param name="Domain">The domain.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Proposal">What was proposed.</param>
/// <param name="TrueBefore">True alerts of that month by the thresholds as they were.</param>
/// <param name="FalseBefore">False ones.</param>
/// <param name="TrueAfter">True alerts by the proposed thresholds.</param>
/// <param name="FalseAfter">False ones.</param>
internal sealed record CalibrationFigures(string Domain, ulong Seed, CalibrationProposal Proposal, int TrueBefore, int FalseBefore, int TrueAfter, int FalseAfter)
{
    public double TrueKept => TrueAfter / (double)Math.Max(1, TrueBefore);

    public double FalseKept => FalseAfter / (double)Math.Max(1, FalseBefore);
}
