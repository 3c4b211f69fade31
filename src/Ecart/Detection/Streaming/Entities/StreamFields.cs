using Ecart.Rules;
using Ecart.Scoring;

namespace Ecart.Detection.Streaming.Entities;

/// <summary>
/// What the streaming detectors of a domain's entities can look at: numbers of comparable size that the event and the entity's own past give alone, so that a
/// replay of the log finds the same. Immutable.
/// </summary>
/// <typeparam name="TContext">What the domain knows when it scores an event.</typeparam>
internal sealed class StreamFields<TContext>
    where TContext : allows ref struct
{
    private readonly Dictionary<string, RuleValue<TContext, double>> fields;
    private readonly IReadOnlyList<string> layoutNames;

    /// <param name="layoutNames">Name of each float of the layout.</param>
    /// <param name="layout">Reads the layout.</param>
    /// <param name="fields">All fields with what reads them; NaN is unknown.</param>
    public StreamFields(
        IReadOnlyList<string> layoutNames, LayoutVector<TContext> layout, IEnumerable<(string Name, RuleValue<TContext, double> Read)> fields)
    {
        this.layoutNames = layoutNames;
        Layout = layout;
        this.fields = fields.ToDictionary(field => field.Name, field => field.Read, StringComparer.Ordinal);
    }

    /// <summary>The field that a time series looks at when none is named.</summary>
    public required string OfSeries { get; init; }

    /// <summary>The fields that a detector of vectors looks at when none is named: few numbers that say most of an event.</summary>
    public required IReadOnlyList<string> OfVectors { get; init; }

    /// <summary>Reads the layout.</summary>
    public LayoutVector<TContext> Layout { get; }

    /// <summary>Names of all.</summary>
    public IReadOnlyCollection<string> Names => fields.Keys;

    /// <summary>What reads a field.</summary>
    public RuleValue<TContext, double> Reader(string name) => fields[name];

    /// <summary>The fields that a detector looks at, by their names or by <see cref="StreamDetectorOptions.Layout"/>.</summary>
    public IReadOnlyList<string> Of(StreamDetectorOptions options) =>
        options.Fields.Count > 0 ? options.Fields : EntityStreams.IsSeries(options.Kind) ? [OfSeries] : OfVectors;

    /// <summary>Name of each number that a detector looks at.</summary>
    public IReadOnlyList<string> NumberNames(StreamDetectorOptions options) => IsLayout(options) ? layoutNames : Of(options);

    /// <summary>Numbers that a detector looks at.</summary>
    public int DimensionOf(StreamDetectorOptions options) => NumberNames(options).Count;

    /// <summary>Whether a detector looks at the whole vector.</summary>
    public static bool IsLayout(StreamDetectorOptions options) => options.Fields is [StreamDetectorOptions.Layout];

    /// <summary>The detectors of a configuration.</summary>
    public StreamSlots SlotsOf(IReadOnlyList<StreamDetectorOptions> detectors) =>
        new(detectors.Select(one => (one, Of(one), DimensionOf(one))));

    /// <exception cref="OptionsException">A detector cannot be made as it is named, or there are too many.</exception>
    public void Validate(IReadOnlyList<StreamDetectorOptions> detectors)
    {
        OptionsException.RequireRange(detectors.Count, 0, StreamDetectorOptions.MaximumPerEntity, "stream_detectors.count");
        var names = new HashSet<string>();
        for (int i = 0; i < detectors.Count; i++)
        {
            StreamDetectorOptions one = detectors[i];
            one.Validate($"stream_detectors[{i}]", Names, DimensionOf);
            OptionsException.Require(
                names.Add(one.StateName(Of(one), DimensionOf(one))), $"stream_detectors[{i}].kind", one.Kind, "named once with the same fields");
        }
    }
}
