using System.Buffers.Text;
using System.Runtime.InteropServices;
using Ecart.Events;
using Ecart.Events.Decoding;
using Ecart.Vectors;

namespace Ecart.Domains.UserBehavior.Decoding;

/// <summary>Reads a caller's own vector: numbers with commas between them, in brackets or not, or the base64 of little-endian floats.</summary>
internal static class EmbeddingText
{
    private static readonly FieldFault Fault = new(
        RejectReason.WrongType,
        $"is not a vector: give {UserBehaviorLayout.Dimension} finite numbers as a list, or as base64 of {UserBehaviorLayout.Dimension} little-endian floats.");

    /// <returns>The vector; null when it is absent or at fault, which the reader then knows.</returns>
    public static float[]? Read(ref FieldReader fields, in RecordFields record)
    {
        ReadOnlySpan<byte> text = record[UserBehaviorField.Embedding];
        if (text.IsEmpty) return null;
        var vector = new float[UserBehaviorLayout.Dimension];
        bool isRead = text.Contains((byte)',') ? TryList(text, vector) : TryBase64(text, vector);
        if (isRead && VectorMath.IsFinite(vector)) return vector;
        fields.Fail(UserBehaviorField.Embedding, Fault);
        return null;
    }

    private static bool TryList(ReadOnlySpan<byte> text, float[] vector)
    {
        text = text.Trim("[] ,"u8);
        for (int i = 0; i < vector.Length; i++)
        {
            text = text.TrimStart(" "u8);
            if (!Utf8Parser.TryParse(text, out vector[i], out int length)) return false;
            text = text[length..].TrimStart(" "u8);
            if (i + 1 == vector.Length) return text.IsEmpty;
            if (text.IsEmpty || text[0] != ',') return false;
            text = text[1..];
        }

        return false;
    }

    private static bool TryBase64(ReadOnlySpan<byte> text, float[] vector)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(vector.AsSpan());
        return Base64.DecodeFromUtf8(text, bytes, out int consumed, out int written) == System.Buffers.OperationStatus.Done
            && consumed == text.Length && written == bytes.Length;
    }
}
