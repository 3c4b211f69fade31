using Ecart.Embedding;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Declared;

/// <summary>
/// Where a declaration's encoders write. Every embedding begins with the constant 1 and is then scaled to Euclidean length 1, so that a single number keeps its
/// size. Immutable.
/// </summary>
public sealed class DeclaredLayout
{
    /// <summary>Floats of every declared domain's embeddings; those that no encoder writes are 0.</summary>
    public const int Dimension = 256;

    private readonly Part[] parts;

    internal DeclaredLayout(DomainDeclaration declaration, DeclaredPlan plan)
    {
        var names = new List<string> { "constant" };
        parts = new Part[declaration.Encoders.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = PartOf(declaration.Encoders[i], names.Count, plan);
            names.AddRange(NamesOf(parts[i]));
            OptionsException.Require(
                names.Count <= Dimension, $"encoders[{i}].kind", declaration.Encoders[i].Kind, $"shorter: the encoders up to this one take {names.Count} of {Dimension} floats");
        }

        while (names.Count < Dimension) names.Add($"unused#{names.Count}");
        FeatureNames = names;
    }

    /// <summary>Name of each float.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Writes the context's event as a vector of length 1. Distance and embedding of the context are not read.</summary>
    /// <returns>False when a value is not finite, which a validated event cannot give.</returns>
    internal bool Embed(in DeclaredContext context, Span<float> vector)
    {
        vector.Clear();
        vector[0] = 1;
        foreach (Part part in parts) Write(part, in context, vector);
        VectorMath.NormalizeInPlace(vector);
        return VectorMath.IsFinite(vector);
    }

    private static Part PartOf(DeclaredEncoderOptions options, int start, DeclaredPlan plan)
    {
        int field = plan.Schema.IndexOf(options.Field);
        bool isText = field >= 0 && plan.Schema.Fields[field].Type == DeclaredFieldType.Text;
        IReadOnlyList<string> values = options.Kind != DeclaredEncoderKind.OneHot ? []
            : options.Values.Count > 0 ? options.Values
            : plan.Declaration.Fields[field].Values;
        return new Part(
            options,
            start,
            isText ? field : -1,
            isText ? null : plan.NumberOf(options.Field),
            options.Kind == DeclaredEncoderKind.Geo ? plan.NumberOf(options.Longitude) : null,
            Array.FindIndex(plan.Measures, measure => measure.Name == options.Field),
            [.. values]);
    }

    private static IEnumerable<string> NamesOf(Part part) => part.Options.Kind switch
    {
        DeclaredEncoderKind.Cyclic => [part.Options.Field + "_sin", part.Options.Field + "_cos"],
        DeclaredEncoderKind.Geo => [part.Options.Field + "_x", part.Options.Field + "_y", part.Options.Field + "_z"],
        DeclaredEncoderKind.OneHot => part.Values.Append("other").Select(value => $"{part.Options.Field}={value}"),
        DeclaredEncoderKind.Hash => Enumerable.Range(0, part.Options.Buckets).Select(bucket => $"{part.Options.Field}#{bucket}"),
        _ => [part.Options.Field],
    };

    private static void Write(Part part, in DeclaredContext context, Span<float> vector)
    {
        DeclaredEncoderOptions options = part.Options;
        if (part.Text >= 0)
        {
            WriteText(part, context.Event.Texts[part.Text], vector);
            return;
        }

        double value = part.Number!(in context);
        if (!double.IsFinite(value)) return;
        Span<float> place = vector[part.Start..];
        switch (options.Kind)
        {
            case DeclaredEncoderKind.Linear:
                place[0] = (float)(options.Weight * (value - options.Center) / options.Scale);
                break;
            case DeclaredEncoderKind.Log:
                place[0] = (float)(options.Weight * Math.CopySign(Math.Log(1 + Math.Abs(value)), value) / options.Scale);
                break;
            case DeclaredEncoderKind.Cyclic:
                (double sin, double cos) = Math.SinCos(2 * Math.PI * value / options.Period);
                place[0] = (float)(options.Weight * sin);
                place[1] = (float)(options.Weight * cos);
                break;
            case DeclaredEncoderKind.Hash:
                place[FeatureHash.Bucket(FeatureHash.Of(BitConverter.DoubleToUInt64Bits(value)), options.Buckets)] = (float)options.Weight;
                break;
            case DeclaredEncoderKind.Geo:
                WritePosition(part, value, in context, place);
                break;
            case DeclaredEncoderKind.ZScore:
                double z = context.Deviations[part.Measure];
                if (!double.IsNaN(z)) place[0] = (float)(options.Weight * Math.Clamp(z / options.Limit, -1, 1));
                break;
        }
    }

    private static void WriteText(Part part, string? text, Span<float> vector)
    {
        if (text is null) return;
        int place = part.Options.Kind == DeclaredEncoderKind.Hash ? FeatureHash.Bucket(FeatureHash.Of(text), part.Options.Buckets) : Array.IndexOf(part.Values, text);
        vector[part.Start + (place < 0 ? part.Values.Length : place)] = (float)part.Options.Weight;
    }

    private static void WritePosition(Part part, double latitude, in DeclaredContext context, Span<float> place)
    {
        double longitude = part.Longitude!(in context);
        if (!double.IsFinite(longitude)) return;
        (double sinLatitude, double cosLatitude) = Math.SinCos(double.DegreesToRadians(latitude));
        (double sinLongitude, double cosLongitude) = Math.SinCos(double.DegreesToRadians(longitude));
        place[0] = (float)(part.Options.Weight * cosLatitude * cosLongitude);
        place[1] = (float)(part.Options.Weight * cosLatitude * sinLongitude);
        place[2] = (float)(part.Options.Weight * sinLatitude);
    }

    /// <summary>One encoder with what it reads.</summary>
    private sealed record Part(
        DeclaredEncoderOptions Options,
        int Start,
        int Text,
        RuleValue<DeclaredContext, double>? Number,
        RuleValue<DeclaredContext, double>? Longitude,
        int Measure,
        string[] Values);
}
