using System.Numerics.Tensors;
using Ecart.Detection.Batch;
using Ecart.Embedding;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Ecart.Onnx;

/// <summary>
/// A user's ONNX model: one input of floats, a layout's vector with or without a batch dimension before it, and one output of floats. It runs on one thread
/// of the processor in a fixed order, over memory that is bound once: no allocation, and on one machine the same input gives the same output, bit for bit.
/// Thread-safe: one vector at a time.
/// </summary>
public sealed class OnnxEmbedding : IEmbeddingModel, IDisposable
{
    /// <summary>Name of the kind.</summary>
    public const string KindName = "onnx";

    private readonly Lock turn = new();
    private readonly byte[] model;
    private readonly InferenceSession session;
    private readonly RunOptions run = new();
    private readonly OrtIoBinding binding;
    private readonly OrtValue boundInput;
    private readonly OrtValue boundOutput;
    private readonly float[] input;
    private readonly float[] output;

    private OnnxEmbedding(byte[] model, InferenceSession session, OnnxShape inputShape, OnnxShape outputShape)
    {
        this.model = model;
        this.session = session;
        input = new float[inputShape.Length];
        output = new float[outputShape.Length];
        boundInput = OrtValue.CreateTensorValueFromMemory(input, inputShape.Dimensions);
        boundOutput = OrtValue.CreateTensorValueFromMemory(output, outputShape.Dimensions);
        binding = session.CreateIoBinding();
        binding.BindInput(inputShape.Name, boundInput);
        binding.BindOutput(outputShape.Name, boundOutput);
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public int InputDimension => input.Length;

    /// <inheritdoc/>
    public int Dimension => output.Length;

    /// <summary>Reads a model and tries it.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <exception cref="ArtefactException">No ONNX model, inputs or outputs of another form, or one that does not run; the message says which.</exception>
    public static OnnxEmbedding Read(byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.use_deterministic_compute", "1");
        InferenceSession? session = null;
        try
        {
            session = new InferenceSession(model, options);
            var embedding = new OnnxEmbedding(
                model, session, OnnxShape.Of("input", session.InputMetadata), OnnxShape.Of("output", session.OutputMetadata));
            embedding.Try();
            return embedding;
        }
        catch (OnnxRuntimeException error)
        {
            session?.Dispose();
            throw new ArtefactException($"This is no ONNX model that can be used: {error.Message}");
        }
        catch (ArtefactException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <remarks>What a model makes not finite becomes 0: a vector with such a value would spoil a profile for good.</remarks>
    public void Embed(ReadOnlySpan<float> input, Span<float> embedding)
    {
        lock (turn)
        {
            input.CopyTo(this.input);
            session.RunWithBinding(run, binding);
            output.CopyTo(embedding);
        }

        if (TensorPrimitives.IsFiniteAll<float>(embedding)) return;
        foreach (ref float value in embedding)
            if (!float.IsFinite(value)) value = 0;
    }

    /// <inheritdoc/>
    public byte[] Save() => [.. model];

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        boundInput.Dispose();
        boundOutput.Dispose();
        run.Dispose();
        session.Dispose();
    }

    /// <summary>A model that cannot run, or gives nothing, is better known before it is in force.</summary>
    private void Try()
    {
        for (int i = 0; i < input.Length; i++) input[i] = 1f / (1 + i);
        session.RunWithBinding(run, binding);
        if (!TensorPrimitives.IsFiniteAll<float>(output))
            throw new ArtefactException("The ONNX model gives values that are not finite for an ordinary vector. Correct the model.");
    }
}
