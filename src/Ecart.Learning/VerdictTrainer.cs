using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Ecart.Learning;

/// <summary>
/// Trains boosted trees on labelled feature vectors: Microsoft.ML's FastTree (logistic loss, MART of C. Burges, From RankNet to LambdaRank to LambdaMART,
/// 2010), turned into <see cref="BoostedTrees"/>, so that scoring needs none of it. The same rows, options and seed give the same trees. Thread-safe.
/// </summary>
/// <param name="options">How; the defaults when null.</param>
public sealed class VerdictTrainer(VerdictTrainingOptions? options = null)
{
    private readonly VerdictTrainingOptions options = options ?? new VerdictTrainingOptions();

    /// <summary>Learns.</summary>
    /// <param name="sample">What to learn from: both frauds and ordinary events.</param>
    /// <param name="cancellation">Ends it before the trees are begun.</param>
    /// <exception cref="TooFewVerdictsException">Fewer frauds, or fewer ordinary events, than <see cref="VerdictTrainingOptions.MinimumFrauds"/>.</exception>
    /// <exception cref="Ecart.Scoring.OptionsException">An option is out of its range.</exception>
    public BoostedTrees Train(VerdictSample sample, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        options.Validate();
        if (sample.Frauds < options.MinimumFrauds || sample.Ordinary < options.MinimumFrauds)
        {
            throw new TooFewVerdictsException(
                $"There are {sample.Frauds} confirmed frauds and {sample.Ordinary} ordinary events to learn from; it takes {options.MinimumFrauds} of each. "
                + "Confirm more alerts, or give a longer span of time.");
        }

        WeightedRow[] rows = sample.Rows();
        cancellation.ThrowIfCancellationRequested();
        var context = new MLContext(options.Seed);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(WeightedRow));
        schema[nameof(WeightedRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, sample.Features.Count);
        IDataView view = context.Data.LoadFromEnumerable(rows, schema);
        FastTreeBinaryModelParameters model = context.BinaryClassification.Trainers.FastTree(Settings()).Fit(view).Model.SubModel;
        cancellation.ThrowIfCancellationRequested();
        return TreeConversion.Convert(model.TrainedTreeEnsemble, sample.Features, rows);
    }

    private FastTreeBinaryTrainer.Options Settings() => new()
    {
        LabelColumnName = nameof(WeightedRow.IsFraud),
        FeatureColumnName = nameof(WeightedRow.Features),
        ExampleWeightColumnName = nameof(WeightedRow.Weight),
        NumberOfTrees = options.Trees,
        NumberOfLeaves = options.Leaves,
        MinimumExampleCountPerLeaf = options.RowsPerLeaf,
        LearningRate = options.LearningRate,
        FeatureFraction = options.FeatureShare,
        BaggingSize = options.RowShare < 1 ? 1 : 0,
        BaggingExampleFraction = options.RowShare,
        NumberOfThreads = options.Threads,
        Seed = options.Seed,
        FeatureSelectionSeed = options.Seed,
    };
}
