using System.Globalization;
using Ecart.Calibration;

namespace Ecart.App.Calibration;

/// <summary>Proposals in one English sentence, for the API and the commands.</summary>
internal static class CalibrationText
{
    /// <summary>What a proposal promises, or why there is none.</summary>
    public static string Of(CalibrationProposal proposal)
    {
        CalibrationBasis basis = proposal.Basis;
        int needed = new CalibrationOptions().MinimumDecided;
        return proposal.Refusal switch
        {
            CalibrationRefusal.TooFewTrue => Say($"Nothing is proposed: people have confirmed {basis.True} alerts of the last {basis.Days} days, and it takes {needed}. Decide more alerts, or look further back."),
            CalibrationRefusal.TooFewFalse => Say($"Nothing is proposed: people have declared {basis.False} alerts of the last {basis.Days} days false, and it takes {needed}. Decide more alerts, or look further back."),
            CalibrationRefusal.OutOfReach => "Nothing is proposed: no threshold reaches the target. Ask for less.",
            CalibrationRefusal.NothingToGain => "Nothing is proposed: what reaches the target drops hardly any false alert.",
            _ => Say($"Keeps {basis.TrueKept:P1} of the true alerts and {basis.FalseKept:P1} of the false ones, {basis.AlertsPerDay:F1} alerts a day, estimated on {basis.True} true and {basis.False} false ones that were not learned from."),
        };
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
