using Ecart.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Xunit;

namespace Ecart.Learning.Tests;

public sealed class VerdictTrainerTests
{
    private static readonly VerdictTrainingOptions Small = new() { Trees = 40, RowsPerLeaf = 20 };

    [Fact]
    public void Train_ShareOfOrdinaryEventsKept_GivesTrueProbabilities()
    {
        BoostedTrees trees = Train(VerdictCase.Sample(20_000, mostOrdinary: 4000));

        (float[] Vector, bool IsFraud)[] later = [.. VerdictCase.Rows(20_000, seed: 2)];
        double risky = later.Where(row => VerdictCase.Truth(row.Vector) > 0.5).Average(row => trees.Probability(row.Vector));
        double sound = later.Where(row => VerdictCase.Truth(row.Vector) < 0.5).Average(row => trees.Probability(row.Vector));
        Assert.InRange(risky, 0.7, 0.9);
        Assert.InRange(sound, 0.003, 0.03);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    public void Train_SameRowsAndSeed_GivesSameTreesOnAnyNumberOfThreads(int threads, int others)
    {
        byte[] first = Train(VerdictCase.Sample(5000), Small with { Threads = threads }).Save();

        Assert.Equal(first, Train(VerdictCase.Sample(5000), Small with { Threads = others }).Save());
    }

    [Fact]
    public void Train_Explanation_NamesWhatDecided()
    {
        BoostedTrees trees = Train(VerdictCase.Sample(20_000));
        var contributions = new double[3];

        trees.Explain([0.95f, 0.95f, 0.5f], contributions);

        Assert.True(contributions[0] > 1 && contributions[1] > 1);
        Assert.InRange(contributions[2], -0.5, 0.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void Train_TooFewFrauds_SaysHowManyThereAre(int rows)
    {
        var error = Assert.Throws<TooFewVerdictsException>(() => Train(VerdictCase.Sample(rows)));

        Assert.Contains("it takes 30 of each", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_ConstantAndDuplicateRows_GivesTheirRate()
    {
        var sample = new VerdictSample(VerdictCase.Features);
        for (int i = 0; i < 1000; i++) sample.Add([1, 2, 3], i % 10 == 0);

        Assert.InRange(Train(sample).Probability([1, 2, 3]), 0.08, 0.12);
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(10, 1)]
    public void Train_OptionOutOfRange_IsRefused(int trees, int leaves) =>
        Assert.Throws<OptionsException>(() => Train(VerdictCase.Sample(5000), new VerdictTrainingOptions { Trees = trees, Leaves = leaves }));

    [Fact]
    public void Train_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => new VerdictTrainer(Small).Train(VerdictCase.Sample(5000), new CancellationToken(true)));

    /// <summary>The converted trees must be those of Microsoft.ML: log-odds are its scores times a slope, plus an intercept.</summary>
    [Fact]
    public void Convert_FastTrees_GivesTheirScores()
    {
        WeightedRow[] rows = VerdictCase.Sample(5000).Rows();
        var context = new MLContext(1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(WeightedRow));
        schema[nameof(WeightedRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3);
        IDataView view = context.Data.LoadFromEnumerable(rows, schema);
        var fitted = context.BinaryClassification.Trainers.FastTree(nameof(WeightedRow.IsFraud), nameof(WeightedRow.Features), nameof(WeightedRow.Weight), numberOfTrees: 10).Fit(view);
        FastTreeBinaryModelParameters model = fitted.Model.SubModel;
        double[] scores = [.. fitted.Transform(view).GetColumn<float>("Score")];

        BoostedTrees trees = TreeConversion.Convert(model.TrainedTreeEnsemble, VerdictCase.Features, rows);

        double[] logOdds = [.. rows.Select(row => trees.Probability(row.Features)).Select(p => Math.Log(p / (1 - p)))];
        int low = Array.IndexOf(scores, scores.Min());
        int high = Array.IndexOf(scores, scores.Max());
        double slope = (logOdds[high] - logOdds[low]) / (scores[high] - scores[low]);
        for (int i = 0; i < rows.Length; i++) Assert.Equal(logOdds[low] + (slope * (scores[i] - scores[low])), logOdds[i], 1e-3);
    }

    private static BoostedTrees Train(VerdictSample sample, VerdictTrainingOptions? options = null) =>
        new VerdictTrainer(options ?? Small).Train(sample, TestContext.Current.CancellationToken);
}
