using System.Runtime.InteropServices;
using MySqlConnector;

namespace Ecart.MariaDb.Reading;

/// <summary>Reads a VECTOR column, in whichever form the driver hands it out. Stateless.</summary>
internal static class VectorColumn
{
    /// <summary>The floats of the current row; copy what is kept.</summary>
    public static ReadOnlySpan<float> Read(MySqlDataReader row, int column) => row.GetValue(column) switch
    {
        float[] floats => floats,
        ReadOnlyMemory<float> memory => memory.Span,
        byte[] bytes => MemoryMarshal.Cast<byte, float>(bytes),
        { } other => throw new NotSupportedException($"The driver returned a vector as {other.GetType()}."),
    };
}
