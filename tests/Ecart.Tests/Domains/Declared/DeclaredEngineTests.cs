using Ecart.Detection;
using Ecart.Domains.Declared;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Declared;

public sealed class DeclaredEngineTests
{
    [Fact]
    public void Score_UsualEvent_IsNoAnomalyAndLearned()
    {
        Verdict verdict = new DeclaredCase(DeclaredCase.Full).WithHabit().Score(DeclaredCase.At(30, 3.1));
        Assert.Empty(DeclaredCase.Codes(verdict));
        Assert.False(verdict.IsAnomaly);
        Assert.True(verdict.IsLearned);
        Assert.Equal(DeclaredCase.Full.LayoutVersion, verdict.EmbeddingVersion);
        Assert.InRange(verdict.RankScore, 0, 0.5);
    }

    [Fact]
    public void Score_NewEntity_SaysSoAndFlagsNothing()
    {
        Verdict verdict = new DeclaredCase(DeclaredCase.Full).Score(DeclaredCase.At(0, 3));
        Evidence evidence = Assert.Single(verdict.Evidence.ToArray());
        Assert.Equal((EvidenceCode.NewProfile, "container"), (evidence.Code, evidence.Subject));
        Assert.False(verdict.IsAnomaly);
    }

    [Fact]
    public void Score_FieldFarFromItsMean_IsTold()
    {
        Verdict verdict = new DeclaredCase(DeclaredCase.Full).WithHabit().Score(DeclaredCase.At(30, 9));
        Evidence evidence = verdict.Evidence.ToArray().Single(found => found.Code == EvidenceCode.FieldDeviation);
        Assert.Equal(("temperature", 9.0), (evidence.Subject, evidence.Observed));
        Assert.InRange(evidence.Expected, 3.1, 3.3);
        Assert.True(evidence.Significance > 20);
        Assert.Contains("The field 'temperature' is 9,", EvidenceText.Describe(in evidence), StringComparison.Ordinal);
        Assert.True(verdict.IsAnomaly);
    }

    [Theory]
    [InlineData(DeclaredSide.Both, true, true)]
    [InlineData(DeclaredSide.Above, true, false)]
    [InlineData(DeclaredSide.Below, false, true)]
    public void Score_Side_TellsWhichDeviationsCount(DeclaredSide side, bool warm, bool cold)
    {
        DomainDeclaration declaration = DeclaredCase.Full with { Deviations = [new() { Field = "temperature", Side = side }] };
        DeclaredCase run = new DeclaredCase(declaration).WithHabit();
        Assert.Equal(warm, DeclaredCase.Codes(run.Score(DeclaredCase.At(30, 9))).Contains(EvidenceCode.FieldDeviation));
        Assert.Equal(cold, DeclaredCase.Codes(run.Score(DeclaredCase.At(30, -3))).Contains(EvidenceCode.FieldDeviation));
    }

    [Fact]
    public void Score_ValueNeverSeen_IsTold()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full).WithHabit();
        Evidence evidence = run.Score(DeclaredCase.At(30, 3.1, place: "Paris")).Evidence.ToArray().Single(found => found.Code == EvidenceCode.NewValue);
        Assert.Equal(("place", 0.15), (evidence.Subject, evidence.Contribution));
        run.Feed(DeclaredCase.At(30, 3.1, place: "Paris"));
        Assert.DoesNotContain(EvidenceCode.NewValue, DeclaredCase.Codes(run.Score(DeclaredCase.At(60, 3.1, place: "Paris"))));
        Assert.DoesNotContain(EvidenceCode.NewValue, DeclaredCase.Codes(run.Score(DeclaredCase.At(60, 3.1, place: null))));
    }

    [Fact]
    public void Score_Rules_AskFieldsConditionsAndWindows()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full).WithHabit(goods: "vaccine");
        Verdict verdict = run.Score(DeclaredCase.At(30, 9, goods: "vaccine"));
        Assert.Equal(["too warm", "warming"], verdict.Evidence.ToArray().Where(found => found.Code == EvidenceCode.Rule).Select(found => found.Subject));
        verdict = run.Score(DeclaredCase.At(30, 9, goods: "vaccine", door: true));
        Assert.Equal(["too warm"], verdict.Evidence.ToArray().Where(found => found.Code == EvidenceCode.Rule).Select(found => found.Subject));
        Assert.Equal(Severity.Critical, verdict.Severity);
    }

    [Fact]
    public void Score_MoreEventsThanTheRhythm_AreABurstAndNotLearned()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full).WithHabit();
        Verdict verdict = run.Score(DeclaredCase.At(0.1, 3.1));
        for (int i = 1; i <= 15; i++) verdict = run.Feed(DeclaredCase.At(i, 3.1));
        Assert.Contains(EvidenceCode.Velocity, DeclaredCase.Codes(verdict));
        Assert.False(verdict.IsLearned);
    }

    [Fact]
    public void Score_LaterThanAllowed_IsLateAndChangesNothing()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full).WithHabit();
        Assert.True(run.Feed(DeclaredCase.At(-1500, 60)).IsLate);
        Assert.False(run.Feed(DeclaredCase.At(-1400, 3.1, place: "other")).IsLate);
    }

    [Fact]
    public void ApplyLabel_AnomalyAndBack_MovesTheEventOutAndIn()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full).WithHabit();
        DeclaredEvent odd = DeclaredCase.At(30, 3.3, place: "Paris");
        Assert.True(run.Feed(odd).IsLearned);
        run.Label(odd.EventUid, isAnomaly: true);
        Assert.Contains(EvidenceCode.NewValue, DeclaredCase.Codes(run.Score(DeclaredCase.At(60, 3.1, place: "Paris"))));
        run.Label(odd.EventUid, isAnomaly: false);
        Assert.DoesNotContain(EvidenceCode.NewValue, DeclaredCase.Codes(run.Score(DeclaredCase.At(60, 3.1, place: "Paris"))));
    }

    [Fact]
    public void Score_LevelShift_IsNormalAgainAfterTheWindow()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full with { Rules = [] }).WithHabit();
        Assert.True(run.Feed(DeclaredCase.At(30, 20)).IsAnomaly);
        int flaggedLate = 0;
        for (int i = 0; i < 60 * 48; i++)
        {
            bool isFlagged = run.Feed(DeclaredCase.At(60 + (i * 30), 20 + (0.1 * (i % 5)))).IsAnomaly;
            if (i > 45 * 48 && isFlagged) flaggedLate++;
        }

        Assert.Equal(0, flaggedLate);
    }

    [Fact]
    public void Score_EventOfAnotherSchema_IsReadByName()
    {
        DomainDeclaration other = DeclaredCase.Full with
        {
            Fields = [new() { Name = "humidity" }, .. DeclaredCase.Full.Fields.Where(field => field.Name != "place").Reverse()],
            Novelty = [],
            Encoders = [],
        };
        var schema = DeclaredSchema.Of(other);
        DeclaredEvent turned = DeclaredCase.At(30, 9).In(schema);
        Assert.Equal(-1, schema.IndexOf("place"));
        Verdict verdict = new DeclaredCase(DeclaredCase.Full).WithHabit().Score(turned);
        Assert.Contains(EvidenceCode.FieldDeviation, DeclaredCase.Codes(verdict));
    }

    [Fact]
    public void Score_Signature_Exception_AndClusters_AreUsed()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full).WithHabit();
        float[] bad = run.Score(DeclaredCase.At(30, 9)).Embedding;
        run.Engine.Patterns = new ReferencePatterns(
            [], [new("melted", bad, 0.01, Severity.High, "scan", 1)], [new(7, "container", null, DeclaredCase.Start, null, null, 0, 1, "temperature > 8.5")]);
        Verdict verdict = run.Score(DeclaredCase.At(30, 9));
        Assert.Contains(EvidenceCode.Signature, DeclaredCase.Codes(verdict));
        Assert.Equal(7, verdict.SuppressedBy);
    }

    [Fact]
    public void ExplainDistance_AddsUpToTheSquaredDistance()
    {
        DeclaredCase run = new DeclaredCase(DeclaredCase.Full).WithHabit();
        Verdict verdict = run.Score(DeclaredCase.At(30, 9));
        var contributions = new double[DeclaredLayout.Dimension];
        Assert.True(run.Engine.ExplainDistance(DeclaredCase.At(30, 9), contributions));
        Assert.Equal(verdict.DistanceToProfile * verdict.DistanceToProfile, contributions.Sum(), 1e-5);
        Assert.Contains("temperature", run.Engine.Layout.FeatureNames[Array.IndexOf(contributions, contributions.Max())], StringComparison.Ordinal);
    }
}
