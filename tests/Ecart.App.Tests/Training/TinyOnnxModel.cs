using System.Text;

namespace Ecart.App.Tests.Training;

/// <summary>Writes an ONNX file of one matrix product, byte by byte as protocol buffers: y = x W.</summary>
internal static class TinyOnnxModel
{
    private const int FloatType = 1;

    /// <param name="inputs">Rows of W.</param>
    /// <param name="outputs">Columns of W.</param>
    /// <param name="weights">W, row after row.</param>
    public static byte[] Product(int inputs, int outputs, float[] weights)
    {
        byte[] node = [.. Text(1, "x"), .. Text(1, "W"), .. Text(2, "y"), .. Text(4, "MatMul")];
        byte[] raw = new byte[weights.Length * sizeof(float)];
        Buffer.BlockCopy(weights, 0, raw, 0, raw.Length);
        byte[] initializer = [.. Number(1, inputs), .. Number(1, outputs), .. Number(2, FloatType), .. Text(8, "W"), .. Bytes(9, raw)];
        byte[] graph =
        [
            .. Bytes(1, node), .. Text(2, "tiny"), .. Bytes(5, initializer), .. Bytes(11, Value("x", inputs)), .. Bytes(12, Value("y", outputs)),
        ];
        byte[] opset = [.. Text(1, ""), .. Number(2, 13)];
        return [.. Number(1, 8), .. Bytes(7, graph), .. Bytes(8, opset)];
    }

    /// <summary>A value of shape [1, length].</summary>
    private static byte[] Value(string name, int length)
    {
        byte[] shape = [.. Bytes(1, Number(1, 1)), .. Bytes(1, Number(1, length))];
        byte[] tensor = [.. Number(1, FloatType), .. Bytes(2, shape)];
        return [.. Text(1, name), .. Bytes(2, Bytes(1, tensor))];
    }

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static List<byte> Varint(long value)
    {
        List<byte> bytes = [];
        for (; value > 127; value >>= 7) bytes.Add((byte)(value | 128));
        bytes.Add((byte)value);
        return bytes;
    }
}
