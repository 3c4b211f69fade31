namespace Ecart.Rules.Compilation;

/// <summary>Makes truths of what is known.</summary>
internal static class TruthOf
{
    public static Truth Known(bool holds) => holds ? Truth.True : Truth.False;

    public static Truth Value(bool? holds) => holds is { } known ? Known(known) : Truth.Unknown;

    public static Truth Not(Truth truth) => Truth.True - (byte)truth;

    /// <summary>A comparison that says nothing when either number is null.</summary>
    public static Truth Numbers(double left, double right, bool holds) =>
        double.IsNaN(left) || double.IsNaN(right) ? Truth.Unknown : Known(holds);
}
