using Ecart.Detection.Batch;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Ecart.Onnx;

/// <summary>The one input or output of a model, with its batch dimension, if it has one, set to 1.</summary>
internal sealed record OnnxShape(string Name, long[] Dimensions)
{
    public int Length => (int)Dimensions[^1];

    /// <exception cref="ArtefactException">More than one, not floats, or of another form.</exception>
    public static OnnxShape Of(string side, IReadOnlyDictionary<string, NodeMetadata> nodes)
    {
        if (nodes.Count != 1) throw new ArtefactException($"The ONNX model has {nodes.Count} {side}s; it must have one.");
        (string name, NodeMetadata node) = nodes.First();
        if (!node.IsTensor || node.ElementDataType != TensorElementType.Float)
            throw new ArtefactException($"The {side} '{name}' of the ONNX model is {node.ElementDataType}; it must be a tensor of 32-bit floats.");
        int[] dimensions = node.Dimensions;
        bool hasForm = dimensions.Length is 1 or 2 && dimensions[^1] > 0 && (dimensions.Length == 1 || dimensions[0] is -1 or 1);
        if (!hasForm)
        {
            throw new ArtefactException(
                $"The {side} '{name}' of the ONNX model has the shape [{string.Join(", ", dimensions)}]; it must be [n] or [1, n] or [any, n].");
        }

        return new OnnxShape(name, dimensions.Length == 1 ? [dimensions[0]] : [1, dimensions[1]]);
    }
}
