using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace Ecart.Profiles;

/// <summary>Events by local hour of day, 24 counters.</summary>
[InlineArray(24)]
public struct HourCounts
{
    private int first;

    /// <summary>Adds all counters of another.</summary>
    public void Add(in HourCounts other)
    {
        Span<int> counts = this;
        TensorPrimitives.Add(counts, other, counts);
    }
}
