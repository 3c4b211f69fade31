using Ecart.Calibration;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Calibration;

public sealed class CalibrationProposerTests
{
    private static readonly SeverityOptions Present = new();
    private readonly CalibrationProposer proposer = new();

    [Fact]
    public void Propose_EvidenceThatTells_DropsFalseAlertsOfOthersToo()
    {
        CalibrationProposal proposal = proposer.Propose(Present, MadeAlerts.Make(600), new CalibrationTarget(CalibrationTargetKind.Recall, 0.9));

        SeverityOptions proposed = Assert.IsType<SeverityOptions>(proposal.Severity);
        CalibrationEvent[] others = MadeAlerts.Make(600, seed: 2);
        Assert.InRange(Share(others, proposed, true), 0.85, 1);
        Assert.InRange(Share(others, proposed, false), 0, 0.2);
        Assert.InRange(proposal.Basis.FalseKept, 0, 0.2);
        Assert.True(proposed.Relevance!.WeightOf(EvidenceCode.Velocity) > proposed.Relevance.WeightOf(EvidenceCode.NightActivity));
    }

    [Fact]
    public void Propose_SameAlertsInAnyOrder_IsTheSame()
    {
        CalibrationEvent[] alerts = MadeAlerts.Make(300);
        var target = new CalibrationTarget(CalibrationTargetKind.Recall, 0.9);

        RelevanceOptions first = proposer.Propose(Present, alerts, target).Severity!.Relevance!;
        RelevanceOptions second = proposer.Propose(Present, [.. alerts.Reverse()], target).Severity!.Relevance!;

        Assert.Equal((first.Intercept, first.Rank, first.Least), (second.Intercept, second.Rank, second.Least));
        Assert.Equal(first.Weights, second.Weights);
    }

    [Fact]
    public void Propose_FewLabels_ProposesNothingAndSaysWhy()
    {
        CalibrationEvent[] alerts = MadeAlerts.Make(40);
        CalibrationProposal few = proposer.Propose(Present, alerts, CalibrationTarget.Default);
        CalibrationProposal noFalse = proposer.Propose(Present, [.. MadeAlerts.Make(200).Where(alert => alert.IsTrue == true)], CalibrationTarget.Default);
        CalibrationProposal none = proposer.Propose(Present, [], CalibrationTarget.Default);

        Assert.Equal((null, CalibrationRefusal.TooFewTrue), (few.Severity, few.Refusal));
        Assert.Equal((null, CalibrationRefusal.TooFewFalse), (noFalse.Severity, noFalse.Refusal));
        Assert.Equal((null, CalibrationRefusal.TooFewTrue), (none.Severity, none.Refusal));
        Assert.Equal(alerts.Count(alert => alert.IsTrue == true), few.Basis.True);
    }

    [Fact]
    public void Propose_EvidenceThatTellsNothing_ProposesNothing()
    {
        CalibrationProposal proposal = proposer.Propose(Present, MadeAlerts.Make(600, mixed: 0.5), new CalibrationTarget(CalibrationTargetKind.Recall, 0.99));

        Assert.Null(proposal.Severity);
        Assert.Contains(proposal.Refusal!.Value, new[] { CalibrationRefusal.NothingToGain, CalibrationRefusal.OutOfReach });
    }

    [Fact]
    public void Propose_TrueAlertsOfOneIncident_NeverDemandsMoreThanAQuarter()
    {
        // Nearly all are true: the 2 % quantile of their chances lies high, though every one of them is likely true.
        CalibrationEvent[] alerts = [.. MadeAlerts.Make(2000).Where((alert, i) => alert.IsTrue == true || i % 10 == 0)];

        CalibrationProposal proposal = proposer.Propose(Present, alerts, CalibrationTarget.Default);

        Assert.InRange(proposal.Severity?.Relevance?.Least ?? 0, 0, 0.25);
    }

    [Theory]
    [InlineData(CalibrationTargetKind.Precision, 0.9)]
    [InlineData(CalibrationTargetKind.AlertsPerDay, 20)]
    public void Propose_OtherTargets_AreReached(CalibrationTargetKind kind, double value)
    {
        // 600 alerts, 144 a day.
        CalibrationProposal proposal = proposer.Propose(Present, MadeAlerts.Make(600), new CalibrationTarget(kind, value), days: 600 / 144.0);

        Assert.NotNull(proposal.Severity);
        if (kind == CalibrationTargetKind.Precision) Assert.InRange(proposal.Basis.Precision, 0.9, 1);
        else Assert.InRange(proposal.Basis.AlertsPerDay, 0, 20);
    }

    [Fact]
    public void Propose_ByScore_MovesTheFlagAlone()
    {
        CalibrationEvent[] alerts =
        [
            .. MadeAlerts.Make(300, mixed: 0).Select(alert => alert with { Evidence = [new Contribution(EvidenceCode.Rule, alert.IsTrue == true ? 0.8 : 0.55)] }),
        ];

        CalibrationProposal proposal = proposer.Propose(Present, alerts, CalibrationTarget.Default, CalibrationForm.Threshold);

        Assert.Equal(0.8, proposal.Severity!.Flag);
        Assert.Null(proposal.Severity.Relevance);
        Assert.Equal((1.0, 0.0), (proposal.Basis.TrueKept, proposal.Basis.FalseKept));
    }

    [Fact]
    public void Propose_UndecidedAlerts_CountInTheBudgetAlone()
    {
        CalibrationProposal proposal = proposer.Propose(Present, MadeAlerts.Make(600, decided: 0.5), new CalibrationTarget(CalibrationTargetKind.Recall, 0.9));

        Assert.Equal(600, proposal.Basis.Alerts);
        Assert.InRange(proposal.Basis.True + proposal.Basis.False, 250, 350);
        Assert.NotNull(proposal.Severity);
    }

    [Theory]
    [InlineData(CalibrationTargetKind.Recall, 0.2)]
    [InlineData(CalibrationTargetKind.Recall, 1.1)]
    [InlineData(CalibrationTargetKind.Precision, double.NaN)]
    [InlineData(CalibrationTargetKind.AlertsPerDay, 0)]
    public void Propose_ImpossibleTarget_NamesIt(CalibrationTargetKind kind, double value) =>
        Assert.Contains("target.value", Assert.Throws<OptionsException>(() => proposer.Propose(Present, [], new CalibrationTarget(kind, value))).Message, StringComparison.Ordinal);

    private static double Share(CalibrationEvent[] alerts, SeverityOptions severity, bool isTrue)
    {
        CalibrationEvent[] kind = [.. alerts.Where(alert => alert.IsTrue == isTrue)];
        return kind.Count(alert => alert.DecideBy(severity).IsFlagged) / (double)kind.Length;
    }
}
