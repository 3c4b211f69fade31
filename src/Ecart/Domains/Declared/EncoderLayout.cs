using Ecart.Embedding;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.Vectors;

namespace Ecart.Domains.Declared;

/// <summary>Where encoders write, one after the other, and the constant before them where there is one. Immutable.</summary>
/// <typeparam name="TContext">What is known of an event.</typeparam>
internal sealed class EncoderLayout<TContext>
    where TContext : allows ref struct
{
    private readonly Part[] parts;
    private readonly float constant;

    /// <param name="encoders">Validated.</param>
    /// <param name="constant">What every embedding begins with; 0 for none.</param>
    /// <param name="dimension">Floats of the embedding.</param>
    /// <param name="find">What an encoder's field is.</param>
    /// <exception cref="OptionsException">The encoders take too many floats.</exception>
    public EncoderLayout(IReadOnlyList<DeclaredEncoderOptions> encoders, double constant, int dimension, Func<DeclaredEncoderOptions, string, EncoderSource<TContext>> find)
    {
        this.constant = (float)constant;
        List<string> names = constant > 0 ? ["constant"] : [];
        parts = new Part[encoders.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = PartOf(encoders[i], names.Count, find);
            names.AddRange(NamesOf(parts[i]));
            OptionsException.Require(
                names.Count <= dimension, $"encoders[{i}].kind", encoders[i].Kind, $"shorter: the encoders up to this one take {names.Count} of {dimension} floats");
        }

        while (names.Count < dimension) names.Add($"unused#{names.Count}");
        FeatureNames = names;
    }

    /// <summary>Name of each float.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Writes the context's event as a vector of length 1, or of length 0 where there is nothing to write.</summary>
    /// <returns>False when a value is not finite, which a validated event cannot give.</returns>
    public bool Embed(in TContext context, Span<float> vector)
    {
        vector.Clear();
        if (constant > 0) vector[0] = constant;
        foreach (Part part in parts) Write(part, in context, vector);
        VectorMath.NormalizeInPlace(vector);
        return VectorMath.IsFinite(vector);
    }

    private static Part PartOf(DeclaredEncoderOptions options, int start, Func<DeclaredEncoderOptions, string, EncoderSource<TContext>> find)
    {
        EncoderSource<TContext> source = find(options, options.Field);
        return new Part(
            options,
            start,
            source.Number,
            source.Text,
            options.Kind == DeclaredEncoderKind.Geo ? find(options, options.Longitude).Number : null,
            options.Kind == DeclaredEncoderKind.OneHot ? [.. options.Values.Count > 0 ? options.Values : source.Values] : []);
    }

    private static IEnumerable<string> NamesOf(Part part) => part.Options.Kind switch
    {
        DeclaredEncoderKind.Cyclic => [part.Options.Field + "_sin", part.Options.Field + "_cos"],
        DeclaredEncoderKind.Geo => [part.Options.Field + "_x", part.Options.Field + "_y", part.Options.Field + "_z"],
        DeclaredEncoderKind.OneHot => (part.Options.Other ? part.Values.Append("other") : part.Values).Select(value => $"{part.Options.Field}={value}"),
        DeclaredEncoderKind.Hash => Enumerable.Range(0, part.Options.Buckets).Select(bucket => $"{part.Options.Field}#{bucket}"),
        _ => [part.Options.Field],
    };

    private static void Write(Part part, in TContext context, Span<float> vector)
    {
        if (part.Text is not null)
        {
            WriteText(part, part.Text(in context), vector);
            return;
        }

        double value = part.Number!(in context);
        DeclaredEncoderOptions options = part.Options;
        if (double.IsNaN(value)) value = options.Unknown ?? double.NaN;
        if (double.IsNaN(value)) return;
        value = Math.Clamp(value, options.Minimum, options.Maximum);
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
                WritePosition(part, value, part.Longitude!(in context), place);
                break;
            case DeclaredEncoderKind.ZScore:
                place[0] = (float)(options.Weight * Math.Clamp(value / options.Limit, -1, 1));
                break;
        }
    }

    private static void WriteText(Part part, string? text, Span<float> vector)
    {
        if (text is null) return;
        int place = part.Options.Kind == DeclaredEncoderKind.Hash ? FeatureHash.Bucket(text, part.Options.Buckets) : Array.IndexOf(part.Values, text);
        if (place < 0 && !part.Options.Other) return;
        vector[part.Start + (place < 0 ? part.Values.Length : place)] = (float)part.Options.Weight;
    }

    private static void WritePosition(Part part, double latitude, double longitude, Span<float> place)
    {
        if (double.IsNaN(longitude)) return;
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
        RuleValue<TContext, double>? Number,
        RuleValue<TContext, string?>? Text,
        RuleValue<TContext, double>? Longitude,
        string[] Values);
}
