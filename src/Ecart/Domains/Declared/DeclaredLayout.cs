namespace Ecart.Domains.Declared;

/// <summary>
/// Where a declaration's encoders write. Every embedding begins with a constant and is then scaled to Euclidean length 1, so that a single number keeps its
/// size. Immutable.
/// </summary>
public sealed class DeclaredLayout
{
    /// <summary>Floats of every declared domain's embeddings; those that no encoder writes are 0.</summary>
    public const int Dimension = 256;

    private readonly EncoderLayout<DeclaredContext> encoders;

    internal DeclaredLayout(DomainDeclaration declaration, DeclaredPlan plan) =>
        encoders = new(declaration.Encoders, declaration.Constant, Dimension, (encoder, field) => SourceOf(plan, encoder.Kind, field));

    /// <summary>Name of each float.</summary>
    public IReadOnlyList<string> FeatureNames => encoders.FeatureNames;

    /// <summary>Writes the context's event as a vector of length 1. Distance and embedding of the context are not read.</summary>
    /// <returns>False when a value is not finite, which a validated event cannot give.</returns>
    internal bool Embed(in DeclaredContext context, Span<float> vector) => encoders.Embed(in context, vector);

    private static EncoderSource<DeclaredContext> SourceOf(DeclaredPlan plan, DeclaredEncoderKind kind, string name)
    {
        int field = plan.Schema.IndexOf(name);
        if (field >= 0 && plan.Schema.Fields[field].Type == DeclaredFieldType.Text)
            return new(null, (in DeclaredContext c) => c.Event.Texts[field], plan.Declaration.Fields[field].Values);
        if (kind != DeclaredEncoderKind.ZScore) return new(plan.NumberOf(name), null, []);
        int measure = Array.FindIndex(plan.Measures, known => known.Name == name);
        return new((in DeclaredContext c) => c.Deviations[measure], null, []);
    }
}
