namespace Ecart.MariaDb.Models;

/// <summary>A model as it is stored.</summary>
/// <param name="Version">Its number within the domain, from <see cref="ModelStore.FirstVersion"/>.</param>
/// <param name="Description">What is known of it.</param>
/// <param name="Artefact">Its bytes, whose checksum was found right.</param>
public sealed record StoredModel(int Version, ModelDescription Description, byte[] Artefact);
