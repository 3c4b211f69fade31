using Ecart.Detection.Batch;
using Ecart.Detection.Ensembles;
using Ecart.Numerics;
using Ecart.Scoring;
using Ecart.Tests.Detection.Batch;
using Ecart.Vectors;
using Xunit;

namespace Ecart.Tests.Detection.Ensembles;

public sealed class EnsembleDetectorTests : FittedDetectorContract
{
    private protected override BatchDetector Make(int threads = 1) => new EnsembleDetector();

    [Fact]
    public void Score_TinyDeviation_IsNotRare()
    {
        // Rows that are all but alike: a method's own scale would take any difference for an infinite one.
        Matrix rows = SampleRows.Normal(200, 4, 1);
        for (int row = 0; row < rows.Rows; row++)
            for (int i = 0; i < 4; i++) rows.Row(row)[i] = 5 + (1e-7f * rows.Row(row)[i]);
        BatchDetector detector = Fitted(rows);
        double tiny = detector.Score([5.0001f, 5, 5, 5]);
        double large = detector.Score([50, 5, 5, 5]);
        Assert.True(EnsembleDetector.Probability(tiny) > 0.05, $"a deviation of 2e-5 has p = {EnsembleDetector.Probability(tiny)}");
        Assert.True(large > tiny);
    }

    [Fact]
    public void Score_OtherUnits_IsTheSame()
    {
        Matrix rows = SampleRows.Normal(200, 5, 2);
        Matrix scaled = rows.Select([.. Enumerable.Range(0, 200)]);
        for (int row = 0; row < 200; row++)
            for (int i = 0; i < 5; i++) scaled.Row(row)[i] = (scaled.Row(row)[i] * (1 << (2 * i))) - (3 * i);
        double[] left = Fitted(rows).TrainingScores.ToArray();
        double[] right = Fitted(scaled).TrainingScores.ToArray();
        // Not closer: rows of other units draw another forest.
        for (int row = 0; row < 200; row++) Assert.Equal(left[row], right[row], 0.15);
    }

    [Fact]
    public void Score_IsMeanOfMembers()
    {
        Matrix rows = SampleRows.Normal(150, 6, 3);
        var detector = new EnsembleDetector(Of("knn", "isolation_forest", "lof"));
        detector.Learn(rows);
        var surprises = new double[detector.Members.Count];
        for (int row = 0; row < 20; row++)
        {
            detector.ScoreByMember(rows.Row(row), surprises);
            Assert.Equal(surprises.Average(), detector.Score(rows.Row(row)), 1e-12);
        }

        Assert.Equal(detector.Members.Order(StringComparer.Ordinal), detector.Members);
    }

    [Fact]
    public void Fit_NamedMembers_UsesThem()
    {
        Matrix rows = SampleRows.Normal(80, 3, 4);
        var detector = new EnsembleDetector(Of("lof", "knn"));
        detector.Learn(rows);
        Assert.Equal(["knn", "lof"], detector.Members);
        var restored = (EnsembleDetector)DetectorArtefact.Restore(detector.Save());
        Assert.Equal(["knn", "lof"], restored.Members);
        Assert.Equal(detector.Score(rows.Row(3)), restored.Score(rows.Row(3)));
    }

    [Theory]
    [InlineData("no_such_kind")]
    [InlineData("ensemble")]
    [InlineData("knn")]
    public void Fit_WrongMember_IsNamed(string kind)
    {
        var detector = new EnsembleDetector(new EnsembleOptions { Members = new Dictionary<string, double> { ["lof"] = 1, [kind] = kind == "knn" ? 0 : 1 } });
        Assert.Contains(kind, Assert.Throws<OptionsException>(() => detector.Learn(SampleRows.Normal(80, 3, 4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_OutliersAmongTraining_AreStillFound()
    {
        var random = new SeededRandom(5);
        Matrix rows = SampleRows.Normal(500, 8, 6);
        for (int row = 0; row < 50; row++)
            for (int i = 0; i < 8; i++) rows.Row(row)[i] = i + (float)(random.NextNormal() * 6 * (1 + (i % 3)));
        double[] scores = Fitted(rows).TrainingScores.ToArray();
        double border = scores.Order().ElementAt(450);
        Assert.InRange(scores.Take(50).Count(score => score > border), 45, 50);
    }

    private static EnsembleOptions Of(params string[] kinds) => new() { Members = kinds.ToDictionary(kind => kind, _ => 1.0, StringComparer.Ordinal) };
}
