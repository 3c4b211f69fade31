using Ecart.MariaDb.Models;
using Ecart.MariaDb.Tests.Schema;
using Ecart.TestKit;
using Xunit;

namespace Ecart.MariaDb.Tests.Models;

public sealed class ModelStoreTests(MariaDbFixture server) : IAsyncLifetime
{
    private const string Domain = "transactions";
    private static readonly byte[] Bytes = [0, 1, 39, 92, 255];
    private ScratchDatabase database = null!;
    private ModelStore store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await ScratchDatabase.MigrateAsync(server);
        store = new ModelStore(database.ConnectionString);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task FindAsync_AddedModel_IsWhatWasAdded()
    {
        ModelDescription description = Describe(ModelSlot.Embedding);

        int version = await store.AddAsync(description, Bytes, Cancellation);
        StoredModel? found = await store.FindAsync(Domain, version, Cancellation);

        Assert.Equal(ModelStore.FirstVersion, version);
        Assert.Equal(description, found!.Description);
        Assert.Equal(Bytes, found.Artefact);
    }

    [Fact]
    public async Task FindAsync_UnknownVersion_IsNull() => Assert.Null(await store.FindAsync(Domain, 101, Cancellation));

    [Fact]
    public async Task FindAsync_DamagedArtefact_NamesTheModel()
    {
        int version = await store.AddAsync(Describe(ModelSlot.Embedding), Bytes, Cancellation);
        await database.ExecuteAsync("UPDATE model_artefacts SET artefact = x'00'");

        ModelStoreException error = await Assert.ThrowsAsync<ModelStoreException>(() => store.FindAsync(Domain, version, Cancellation));

        Assert.StartsWith($"Model {version} of transactions is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddAsync_SeveralKindsAtOnce_CountsVersionsOverAllOfADomain()
    {
        int[] versions = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(i => store.AddAsync(Describe(i % 2 == 0 ? ModelSlot.Embedding : ModelSlot.Verdict), Bytes, Cancellation)));
        int other = await store.AddAsync(Describe(ModelSlot.Embedding) with { Domain = "iot" }, Bytes, Cancellation);

        Assert.Equal([101, 102, 103, 104, 105], versions.Order());
        Assert.Equal(101, other);
    }

    [Fact]
    public async Task AddAsync_LargerThanTheServerTakes_SaysWhichVariable()
    {
        ModelStoreException error = await Assert.ThrowsAsync<ModelStoreException>(
            () => store.AddAsync(Describe(ModelSlot.Embedding), new byte[540_000_000], Cancellation));

        Assert.Contains("max_allowed_packet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadInForceAsync_AfterChanges_HasTheNewestOfEachSlot()
    {
        int first = await store.AddAsync(Describe(ModelSlot.Embedding), Bytes, Cancellation);
        int second = await store.AddAsync(Describe(ModelSlot.Embedding), Bytes, Cancellation);
        int trees = await store.AddAsync(Describe(ModelSlot.Verdict), Bytes, Cancellation);
        await store.ActivateAsync(Domain, ModelSlot.Embedding, first, "first", "ann", Cancellation);
        await store.ActivateAsync(Domain, ModelSlot.Embedding, second, "better", "ann", Cancellation);
        await store.ActivateAsync(Domain, ModelSlot.Challenger, trees, "try", "bob", Cancellation);
        await store.ActivateAsync(Domain, ModelSlot.Verdict, trees, "good", "bob", Cancellation);
        await store.ActivateAsync(Domain, ModelSlot.Verdict, 0, "not so good", "bob", Cancellation);

        IReadOnlyList<ModelActivation> inForce = await store.ReadInForceAsync(Domain, Cancellation);

        Assert.Equal([(ModelSlot.Embedding, second), (ModelSlot.Challenger, trees)], inForce.Select(one => (one.Slot, one.Version)));
        Assert.Equal(second, (await store.FindInForceAsync(Domain, ModelSlot.Embedding, Cancellation))!.Version);
        Assert.Null(await store.FindInForceAsync(Domain, ModelSlot.Verdict, Cancellation));
        Assert.Equal(["5"], await database.QueryAsync("SELECT COUNT(*) FROM audit_log WHERE subject_type = 'model'"));
    }

    [Fact]
    public async Task ListAsync_SomeInForce_ShowsWhatEachIs()
    {
        int first = await store.AddAsync(Describe(ModelSlot.Embedding), Bytes, Cancellation);
        int second = await store.AddAsync(Describe(ModelSlot.Detector("lof")) with { Kind = "lof" }, Bytes, Cancellation);
        await store.ActivateAsync(Domain, ModelSlot.Detector("lof"), second, "good", "ann", Cancellation);

        IReadOnlyList<ModelSummary> models = await store.ListAsync(Domain, Cancellation);

        Assert.Equal([(second, 5L, "detector:lof"), (first, 5L, "")], models.Select(model => (model.Version, model.Bytes, string.Join(' ', model.InForceAs))));
    }

    [Fact]
    public async Task FindPreviousAsync_AfterChanges_IsTheLastOther()
    {
        int first = await store.AddAsync(Describe(ModelSlot.Embedding), Bytes, Cancellation);
        int second = await store.AddAsync(Describe(ModelSlot.Embedding), Bytes, Cancellation);
        await store.ActivateAsync(Domain, ModelSlot.Embedding, first, "first", "ann", Cancellation);
        Assert.Equal(0, await store.FindPreviousAsync(Domain, ModelSlot.Embedding, Cancellation));
        await store.ActivateAsync(Domain, ModelSlot.Embedding, second, "better", "ann", Cancellation);
        await store.ActivateAsync(Domain, ModelSlot.Embedding, second, "again", "ann", Cancellation);

        Assert.Equal(first, await store.FindPreviousAsync(Domain, ModelSlot.Embedding, Cancellation));
    }

    [Fact]
    public async Task FindPreviousAsync_NothingWasEverInForce_Says()
    {
        ModelStoreException error = await Assert.ThrowsAsync<ModelStoreException>(() => store.FindPreviousAsync(Domain, ModelSlot.Verdict, Cancellation));

        Assert.Contains("No model of transactions was ever in force as verdict", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verdict")]
    [InlineData("embedding2")]
    [InlineData("detector:lof")]
    public async Task ActivateAsync_SlotOfOtherModels_IsRefused(string slot)
    {
        int version = await store.AddAsync(Describe(ModelSlot.Embedding), Bytes, Cancellation);

        ModelStoreException error = await Assert.ThrowsAsync<ModelStoreException>(
            () => store.ActivateAsync(Domain, slot, version, "why", "ann", Cancellation));

        Assert.Contains("is made for embedding", error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ReadHistoryAsync(Domain, Cancellation));
    }

    [Fact]
    public async Task ActivateAsync_UnknownVersion_IsRefused() =>
        await Assert.ThrowsAsync<ModelStoreException>(() => store.ActivateAsync(Domain, ModelSlot.Embedding, 104, "why", "ann", Cancellation));

    private static ModelDescription Describe(string slot) => new(
        Domain, slot, "pca_whitening", 1, 1, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateTime(2026, 2, 2, 3, 4, 5, DateTimeKind.Utc), 1234,
        """{"explained": 0.9}""", "a month of normal events", "ann");
}
