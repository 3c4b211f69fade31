using Ecart.Calibration;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Calibration;

public sealed class BackTestTests
{
    private static readonly SeverityOptions Present = new();

    [Fact]
    public void Add_HigherFlag_CountsWhatIsLostAndKept()
    {
        var test = new BackTest(Present, Present with { Flag = 0.65 });
        foreach ((double score, bool? isTrue) in ((double, bool?)[])[(0.9, true), (0.7, false), (0.6, true), (0.55, false), (0.5, null), (0.2, null)])
            test.Add(Event(score, isTrue));

        Assert.Equal(6, test.Events);
        Assert.Equal(new BackTestCount(5, 2, 2), test.Before);
        Assert.Equal(new BackTestCount(2, 1, 1), test.After);
        Assert.Equal(new BackTestCount(3, 1, 1), test.Lost);
        Assert.Equal(new BackTestCount(0, 0, 0), test.Gained);
        Assert.Equal((0.5, 0.5), (test.TrueKept, test.FalseKept));
        Assert.Equal(3, test.Changes[(Severity.Medium, Severity.None)]);
        Assert.True(test.Examples.First().Event.IsTrue);
    }

    [Fact]
    public void Add_LowerFlagAndBands_GainsAlertsAndMovesSeverities()
    {
        var test = new BackTest(Present, new SeverityOptions { Flag = 0.3, Medium = 0.3, High = 0.5, Critical = 0.9 });
        foreach (double score in (double[])[0.4, 0.55, 0.85]) test.Add(Event(score, null));

        Assert.Equal(new BackTestCount(1, 0, 0), test.Gained);
        Assert.Equal(1, test.Changes[(Severity.None, Severity.Medium)]);
        Assert.Equal(1, test.Changes[(Severity.Medium, Severity.High)]);
        Assert.Equal(1, test.Changes[(Severity.Critical, Severity.High)]);
    }

    [Fact]
    public void Add_WeightOfADetector_IsCountedFromItsEvidence()
    {
        SeverityOptions candidate = Present with { Weights = [new EvidenceWeight { Code = EvidenceCode.Rule, Weight = 0.5 }] };
        var test = new BackTest(Present, candidate);
        test.Add(Event(0.8, false));

        Assert.Equal(new BackTestCount(1, 0, 1), test.Lost);
    }

    [Fact]
    public void Add_SilencedEvent_StaysSilent()
    {
        var test = new BackTest(Present, Present with { Flag = 0.5 });
        test.Add(Event(0.8, null) with { IsAlert = false, IsFlagged = true });

        Assert.Equal(new BackTestCount(0, 0, 0), test.Before);
        Assert.Equal(new BackTestCount(0, 0, 0), test.After);
    }

    [Fact]
    public void IsStricter_OnlyWhatCanAddNothing()
    {
        var relevance = new RelevanceOptions { Least = 0.1 };
        EvidenceWeight Weight(double weight) => new() { Code = EvidenceCode.Rule, Weight = weight };

        Assert.True(BackTest.IsStricter(Present, Present with { Flag = 0.6, Relevance = relevance }));
        Assert.True(BackTest.IsStricter(Present, Present with { Weights = [Weight(0.5)] }));
        Assert.True(BackTest.IsStricter(Present with { Relevance = relevance }, Present with { Relevance = relevance with { Least = 0.2 } }));
        Assert.False(BackTest.IsStricter(Present, Present with { Flag = 0.4, Low = 0.3 }));
        Assert.False(BackTest.IsStricter(Present, Present with { Weights = [Weight(1.5)] }));
        Assert.False(BackTest.IsStricter(Present with { Weights = [Weight(0.5)] }, Present));
        Assert.False(BackTest.IsStricter(Present with { Relevance = relevance }, Present));
        Assert.False(BackTest.IsStricter(Present with { Relevance = relevance }, Present with { Relevance = relevance with { Intercept = 1 } }));
    }

    private static CalibrationEvent Event(double score, bool? isTrue) => new(MadeAlerts.Start, "A1", 0.5, [new Contribution(EvidenceCode.Rule, score)], score >= 0.5, isTrue) { StoredScore = score };
}
