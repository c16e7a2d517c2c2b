package org.cornu.layers;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/** Registers the built-in layers. */
public final class LayerCatalog implements Catalog {
  private static final List<Spec> LAYERS =
      List.of(
          Activation.SPEC,
          ActivityRegularization.SPEC,
          AdaptiveAveragePooling1D.SPEC,
          AdaptiveAveragePooling2D.SPEC,
          AdaptiveAveragePooling3D.SPEC,
          AdaptiveMaxPooling1D.SPEC,
          AdaptiveMaxPooling2D.SPEC,
          AdaptiveMaxPooling3D.SPEC,
          Add.SPEC,
          AdditiveAttention.SPEC,
          AlphaDropout.SPEC,
          Attention.SPEC,
          AugMix.SPEC,
          AutoContrast.SPEC,
          Average.SPEC,
          AveragePooling1D.SPEC,
          AveragePooling2D.SPEC,
          AveragePooling3D.SPEC,
          BatchNormalization.SPEC,
          Bidirectional.SPEC,
          CategoryEncoding.SPEC,
          CenterCrop.SPEC,
          Concatenate.SPEC,
          ContrastLimitedAdaptiveHistogramEqualization.SPEC,
          Conv1D.SPEC,
          Conv1DTranspose.SPEC,
          Conv2D.SPEC,
          Conv2DTranspose.SPEC,
          Conv3D.SPEC,
          Conv3DTranspose.SPEC,
          ConvLSTM1D.SPEC,
          ConvLSTM2D.SPEC,
          ConvLSTM3D.SPEC,
          Cropping1D.SPEC,
          Cropping2D.SPEC,
          Cropping3D.SPEC,
          CutMix.SPEC,
          Dense.SPEC,
          DepthwiseConv1D.SPEC,
          DepthwiseConv2D.SPEC,
          Discretization.SPEC,
          Dot.SPEC,
          Dropout.SPEC,
          ELU.SPEC,
          EinsumDense.SPEC,
          Embedding.SPEC,
          Equalization.SPEC,
          Flatten.SPEC,
          GRU.SPEC,
          GRUCell.SPEC,
          GaussianDropout.SPEC,
          GaussianNoise.SPEC,
          GlobalAveragePooling1D.SPEC,
          GlobalAveragePooling2D.SPEC,
          GlobalAveragePooling3D.SPEC,
          GlobalMaxPooling1D.SPEC,
          GlobalMaxPooling2D.SPEC,
          GlobalMaxPooling3D.SPEC,
          GroupNormalization.SPEC,
          GroupQueryAttention.SPEC,
          HashedCrossing.SPEC,
          Hashing.SPEC,
          Identity.SPEC,
          InputLayer.SPEC,
          IntegerLookup.SPEC,
          LSTM.SPEC,
          LSTMCell.SPEC,
          Lambda.SPEC,
          LayerNormalization.SPEC,
          LeakyReLU.SPEC,
          Masking.SPEC,
          MaxNumBoundingBoxes.SPEC,
          MaxPooling1D.SPEC,
          MaxPooling2D.SPEC,
          MaxPooling3D.SPEC,
          Maximum.SPEC,
          MelSpectrogram.SPEC,
          Minimum.SPEC,
          MixUp.SPEC,
          MultiHeadAttention.SPEC,
          Multiply.SPEC,
          Normalization.SPEC,
          PReLU.SPEC,
          ProgramLayer.SPEC,
          Permute.SPEC,
          Pipeline.SPEC,
          RMSNormalization.SPEC,
          RNN.SPEC,
          RandAugment.SPEC,
          RandomBrightness.SPEC,
          RandomColorDegeneration.SPEC,
          RandomColorJitter.SPEC,
          RandomContrast.SPEC,
          RandomCrop.SPEC,
          RandomElasticTransform.SPEC,
          RandomErasing.SPEC,
          RandomFlip.SPEC,
          RandomGaussianBlur.SPEC,
          RandomGrayscale.SPEC,
          RandomHue.SPEC,
          RandomInvert.SPEC,
          RandomPerspective.SPEC,
          RandomPosterization.SPEC,
          RandomRotation.SPEC,
          RandomSaturation.SPEC,
          RandomSharpness.SPEC,
          RandomShear.SPEC,
          RandomTranslation.SPEC,
          RandomZoom.SPEC,
          ReLU.SPEC,
          RepeatVector.SPEC,
          Rescaling.SPEC,
          Reshape.SPEC,
          Resizing.SPEC,
          ReversibleEmbedding.SPEC,
          STFTSpectrogram.SPEC,
          SeparableConv1D.SPEC,
          SeparableConv2D.SPEC,
          SimpleRNN.SPEC,
          SimpleRNNCell.SPEC,
          Softmax.SPEC,
          Solarization.SPEC,
          SpatialDropout1D.SPEC,
          SpatialDropout2D.SPEC,
          SpatialDropout3D.SPEC,
          SpectralNormalization.SPEC,
          StackedRNNCells.SPEC,
          StringLookup.SPEC,
          Subtract.SPEC,
          TextVectorization.SPEC,
          TimeDistributed.SPEC,
          UnitNormalization.SPEC,
          UpSampling1D.SPEC,
          UpSampling2D.SPEC,
          UpSampling3D.SPEC,
          Wrapper.SPEC,
          ZeroPadding1D.SPEC,
          ZeroPadding2D.SPEC,
          ZeroPadding3D.SPEC);

  @Override
  public void addTo(Registry registry) {
    TextVectorization.addFunctionsTo(registry);
    registry.add(DTypePolicy.FAMILY, DTypePolicy.SPEC);
    registry.add(DTypePolicy.FAMILY, DTypePolicyMap.SPEC);
    for (Spec spec :
        List.of(
            QuantizedDTypePolicy.SPEC, QuantizedDTypePolicy.INT4, QuantizedDTypePolicy.FLOAT8)) {
      registry.add(DTypePolicy.FAMILY, spec);
    }
    for (String name : DTypePolicy.NAMES) {
      registry.add(DTypePolicy.FAMILY, name, new DTypePolicy(name));
      for (String mode : List.of("int8", "int4", "int4/-1", "int4/128", "float8")) {
        if (name.contains("float")) {
          QuantizedDTypePolicy made = QuantizedDTypePolicy.of(mode, name);
          registry.add(DTypePolicy.FAMILY, made.name(), made);
        }
      }
    }
    LAYERS.forEach(spec -> registry.add(Layer.FAMILY, spec));
  }
}
