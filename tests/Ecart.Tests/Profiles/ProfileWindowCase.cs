using System.Buffers;
using Ecart.Numerics;
using Ecart.Profiles;

namespace Ecart.Tests.Profiles;

/// <summary>Observations of one entity around a direction of its own.</summary>
internal static class ProfileWindowCase
{
    public const int FirstDay = 739_000;

    /// <summary>An observation at a moment, in days from the first; the vector has length 1 and lies near the direction of <paramref name="habit"/>.</summary>
    public static Observation At(double day, int dimension, ulong seed, ulong habit = 1, double spread = 0.3)
    {
        var random = new SeededRandom(seed * 7919);
        var direction = new SeededRandom(habit * 104_729);
        var vector = new float[dimension];
        for (var i = 0; i < dimension; i++)
            vector[i] = (float)(Math.Abs(direction.NextNormal()) + (spread * random.NextNormal()));
        Ecart.Vectors.VectorMath.NormalizeInPlace(vector);
        return new Observation(
            (long)((FirstDay + day) * TimeSpan.TicksPerDay), (int)(day * 24 % 24), vector, [random.Between(1, 100), random.Between(0, 1)], double.NaN);
    }

    public static byte[] Bytes(ProfileWindow window)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ProfileWindowCodec.Write(window, new StateWriter(buffer));
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An observation that, unlike the library's, can be kept in a list.</summary>
    internal sealed record Observation(long Ticks, int LocalHour, float[] Vector, double[] Measures, double Distance)
    {
        public int Day => (int)(Ticks / TimeSpan.TicksPerDay);

        public bool AddTo(ProfileWindow window) => window.Add(Value);

        public bool RemoveFrom(ProfileWindow window) => window.Remove(Value);

        private ProfileObservation Value => new()
        {
            Ticks = Ticks,
            LocalHour = LocalHour,
            Vector = Vector,
            Measures = Measures,
            Distance = Distance,
        };
    }
}
