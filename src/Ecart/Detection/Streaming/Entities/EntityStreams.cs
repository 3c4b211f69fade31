using Ecart.Detection.Streaming.TimeSeries;

namespace Ecart.Detection.Streaming.Entities;

/// <summary>Detectors small enough that every entity has its own.</summary>
internal static class EntityStreams
{
    /// <summary>Events of an entity from which on there is an opinion, where the kind leaves the choice.</summary>
    private const int MinimumObservations = 20;
    private const int Neighbours = 5;
    private const int CutTrees = 20;
    private const int HalfSpaces = 25;

    /// <summary>Deep enough to tell a window's points apart, and 6 KB a tree.</summary>
    private const int HalfSpaceDepth = 8;

    /// <summary>Events, in samples, after which one is forgotten.</summary>
    private const int WindowSamples = 8;

    /// <summary>A change that lasts for so many events of the entity is its new normal.</summary>
    private const int RecoveryObservations = 20;

    /// <summary>Least histories that a time series can be told from.</summary>
    private const int LeastValues = 128;

    /// <summary>The kinds that there are, in alphabetical order.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. StreamDetectors.All.Append(TimeSeriesDetector.Kind).Order(StringComparer.Ordinal)];

    /// <summary>Whether a kind looks at one value in time.</summary>
    public static bool IsSeries(string kind) => kind == TimeSeriesDetector.Kind;

    /// <summary>Makes one that has learned nothing.</summary>
    public static EntityStream Make(StreamDetectorOptions options, int dimension) => options.Kind switch
    {
        EwMahalanobis.KindName => new VectorStream(new EwMahalanobis(
            dimension, new() { HalfLife = options.Points, MinimumObservations = MinimumObservations, RecoveryObservations = RecoveryObservations })),
        HalfSpaceTrees.KindName => new VectorStream(new HalfSpaceTrees(dimension, new() { Trees = HalfSpaces, Depth = HalfSpaceDepth, Window = options.Points })),
        IncrementalKnn.KindName => new VectorStream(new IncrementalKnn(dimension, Sample(options))),
        IncrementalLof.KindName => new VectorStream(new IncrementalLof(dimension, Sample(options))),
        RandomCutForest.KindName => new VectorStream(new RandomCutForest(dimension, new()
        {
            Trees = CutTrees,
            SampleSize = options.Points,
            Window = WindowSamples * options.Points,
            MinimumObservations = MinimumObservations,
            RecoveryObservations = RecoveryObservations,
        })),
        _ => new SeriesStream(new TimeSeriesDetector(Series(options))),
    };

    /// <summary>Makes one of what <see cref="EntityStream.Save"/> returned.</summary>
    /// <exception cref="Batch.ArtefactException">Damaged, or of a newer format.</exception>
    public static EntityStream Restore(string kind, ReadOnlySpan<byte> saved) =>
        IsSeries(kind) ? new SeriesStream(TimeSeriesDetector.Restore(saved)) : new VectorStream(StreamArtefact.Restore(saved));

    /// <summary>What each part that an explanation tells is called.</summary>
    public static IReadOnlyList<string> PartNames(string kind, IReadOnlyList<string> fields) =>
        IsSeries(kind) ? [.. SeriesStream.PartNames.Select(part => $"{part} of {fields[0]}")] : fields;

    private static CoresetOptions Sample(StreamDetectorOptions options) => new()
    {
        Exemplars = options.Points,
        Neighbours = Neighbours,
        Window = WindowSamples * options.Points,
        MinimumObservations = MinimumObservations,
        RecoveryObservations = RecoveryObservations,
    };

    private static TimeSeriesOptions Series(StreamDetectorOptions options)
    {
        int values = Math.Max(LeastValues, options.Points);
        return new TimeSeriesOptions
        {
            MinimumPoints = MinimumObservations,
            ValueHistory = values,
            ValueGap = 1,
            RecentPoints = 8,
            ReferencePoints = values,
            ShapePoints = 4,
            ShapeHistory = values,
            PartsOfDay = 8,
        };
    }
}
