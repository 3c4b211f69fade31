using Ecart.Embedding;
using Ecart.MariaDb.Models;
using Ecart.Onnx;

namespace Ecart.App.Store;

/// <summary>Reads stored models of every kind that the program knows.</summary>
internal static class StoredModels
{
    private static readonly Dictionary<string, Func<byte[], IEmbeddingModel>> Others = new(StringComparer.Ordinal)
    {
        [OnnxEmbedding.KindName] = OnnxEmbedding.Read,
    };

    /// <summary>A loader of a store's models.</summary>
    public static ModelLoader Loader(string connectionString) => new(connectionString, Others);
}
